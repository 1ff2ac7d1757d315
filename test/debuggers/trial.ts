import * as vscode from 'vscode';
import type { TestApi } from '../../extension/testApi';
import { messagesOf, rowOf } from '../vscode/extensionApi';
import { adapters } from './adapters';
import { Sessions } from './sessions';
import { Successor } from './successor';
import type { Window } from './windows';

export interface Outcome {
  /** A debugger is still on the one who has the number now. */
  readonly isKept: boolean;
  /** A debugger was on him, or a signal reached him, for however short a time. */
  readonly isTouched: boolean;
  /** What our extension has said. */
  readonly said: readonly string[];
}

const pickId = 'pidfdTests.pick';

/** As the picker has it: from then on the number means that process. */
function pickCommand(api: TestApi, pid: number): vscode.Disposable {
  return vscode.commands.registerCommand(pickId, async () => {
    api.picks.add(await rowOf(api, pid));
    return String(pid);
  });
}

/** Any attribute will do: the variable is replaced before any debugger is asked. */
const picked = (configuration: vscode.DebugConfiguration) => ({
  ...configuration,
  picked: `\${command:${pickId}}`,
});

/** One process is picked, another one has its number in that window, and a debugger is told the number. */
export async function runTrial(
  context: Mocha.Context,
  api: TestApi,
  window: Window,
  type: string,
  more: object = {},
): Promise<Outcome> {
  const { program, configure } = await adapters[type]!();
  const successor = await Successor.of(context, program);
  const pick = pickCommand(api, successor.pid);
  await using sessions = new Sessions();
  try {
    const configuration: vscode.DebugConfiguration = {
      ...picked(configure(successor.pid)),
      ...more,
    };
    const isGuarded = configuration['pidfdGuard'] !== false;
    const said = await messagesOf(api, async () => {
      const isOn = await window.run({ successor, sessions, configuration });
      // Who is not kept is let go within seconds.
      if (!isOn || isGuarded)
        await sessions.allOver(isOn ? 10_000 : undefined).catch(() => undefined);
    });
    if (!successor.hasSucceeded) throw new Error(`not begun: ${sessions.failures.join()}`);
    const { isTouched, isTraced } = await successor.harm();
    return { isKept: isTraced, isTouched, said: said.map(({ text }) => text) };
  } finally {
    pick.dispose();
  }
}
