import { writeFileSync } from 'node:fs';
import type { TestApi } from '../../../extension/testApi';
import { Actor } from '../../support/actor';
import { become } from '../../support/debuggees';
import { adapters } from '../../debuggers/adapters';
import { Sessions } from '../../debuggers/sessions';
import { runTrial } from '../../debuggers/trial';
import { windows } from '../../debuggers/windows';
import { extensionApi } from '../../vscode/extensionApi';
import type { Counts, Tally } from './counts';

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

/** All windows in turn. */
async function tally(context: Mocha.Context, api: TestApi, times: number, more: object) {
  const sum = { trials: 0, wrong: 0, touched: 0 };
  while (sum.trials < times) {
    const window = windows[sum.trials % windows.length]!;
    const outcome = await runTrial(context, api, window, window.types[0], more);
    await Actor.endAll();
    sum.trials++;
    sum.wrong += Number(outcome.isKept);
    sum.touched += Number(outcome.isTouched);
    console.log(`[test]${sum.trials} of ${times}: ${JSON.stringify(sum)}`);
  }
  return sum satisfies Tally;
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
    const counts: Counts = { guardMs: times, guarded, peer };
    writeFileSync(process.env['PIDFD_ATTACH_COUNTS'] ?? '', JSON.stringify(counts));
  });
});
