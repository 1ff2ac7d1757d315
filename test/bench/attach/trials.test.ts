import { writeFileSync } from 'node:fs';
import type { TestApi } from '../../../extension/testApi';
import { Actor } from '../../support/actor';
import { become, debuggee } from '../../support/debuggees';
import { adapters } from '../../debuggers/adapters';
import { nodeByNumber } from '../../debuggers/nodeByNumber';
import { Sessions } from '../../debuggers/sessions';
import { Successor } from '../../debuggers/successor';
import { runTrial } from '../../debuggers/trial';
import { windows } from '../../debuggers/windows';
import { extensionApi } from '../../vscode/extensionApi';
import type { Counts, JsDebugTally, Tally } from './counts';

const count = (name: string) => Number(process.env[name]);

/** Time in our hooks, of a session that goes well. */
async function guardMs(api: TestApi): Promise<number> {
  const { program, configure } = await adapters['lldb-dap']!();
  const actor = await become(await Actor.start(), program);
  await using sessions = new Sessions();
  const spent = new Promise<number>((resolve) => {
    const listening = api.guard.onDidConclude(({ spentMs }) => {
      listening.dispose();
      resolve(spentMs);
    });
  });
  await sessions.start(configure(actor.pid));
  const ms = await spent;
  await sessions.detach();
  return ms;
}

/** All windows in turn, and all debuggers that have them. */
async function tally(context: Mocha.Context, api: TestApi, times: number, more: object) {
  const sum = { trials: 0, wrong: 0, touched: 0 };
  while (sum.trials < times) {
    const window = windows[sum.trials % windows.length]!;
    const type = window.types[Math.floor(sum.trials / windows.length) % window.types.length]!;
    const outcome = await runTrial(context, api, window, type, more);
    await Actor.endAll();
    sum.trials++;
    sum.wrong += Number(outcome.isKept);
    sum.touched += Number(outcome.isTouched);
    console.log(`[test]${sum.trials} of ${times}: ${JSON.stringify(sum)}`);
  }
  return sum satisfies Tally;
}

/** VS Code's own debugger for JavaScript, told a number that becomes another's before it sees it. */
async function tallyJsDebug(context: Mocha.Context, times: number) {
  const own = windows.filter(({ isBeforeResolved }) => isBeforeResolved);
  const sum = { trials: 0, signalled: 0, attached: 0 };
  while (sum.trials < times) {
    const successor = await Successor.of(context, debuggee('node'));
    await using sessions = new Sessions();
    const configuration = nodeByNumber(successor.pid);
    await own[sum.trials % own.length]!.run({ successor, sessions, configuration });
    const { signals } = await successor.harm();
    sum.trials++;
    sum.signalled += Number(signals > 0);
    // Below its first session there is one for each program that it is on.
    sum.attached += Number(sessions.started.some(({ parentSession }) => parentSession));
    await sessions.detach();
    await Actor.endAll();
    console.log(`[test]js-debug, ${sum.trials} of ${times}: ${JSON.stringify(sum)}`);
  }
  return sum satisfies JsDebugTally;
}

describe('attaching', () => {
  it('is measured', async function () {
    this.timeout(0);
    const api = await extensionApi();
    const times: number[] = [];
    while (times.length < count('PIDFD_ATTACH_ROUNDS')) {
      times.push(await guardMs(api));
      await Actor.endAll();
    }
    const guarded = await tally(this, api, count('PIDFD_ATTACH_TRIALS'), {});
    const peer = await tally(this, api, count('PIDFD_ATTACH_PEERS'), { pidfdGuard: false });
    const jsDebug = await tallyJsDebug(this, count('PIDFD_ATTACH_PEERS'));
    const counts: Counts = { guardMs: times, guarded, peer, jsDebug };
    writeFileSync(process.env['PIDFD_ATTACH_COUNTS'] ?? '', JSON.stringify(counts));
  });
});
