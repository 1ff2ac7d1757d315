import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { capabilityTable } from '../../support/capabilityTable';

interface Outcome {
  readonly failed: number;
  readonly why?: string;
}

/** A module of scripts/, which compiled tests cannot load themselves. */
const script = `
  import { readFileSync } from 'node:fs';
  import { judge } from './scripts/kernels/judge.mjs';
  const { runs, uid, table } = JSON.parse(readFileSync(0, 'utf8'));
  const where = { uid, table: new Map(table) };
  console.log(JSON.stringify(runs.map((run) => judge(run, where))));`;

function judge(runs: readonly object[], uid: number, series = '6.1'): Outcome[] {
  const table = [...(capabilityTable(series) ?? [])];
  const input = JSON.stringify({ runs, uid, table });
  const words = ['--input-type=module', '--eval', script];
  return JSON.parse(execFileSync(process.execPath, words, { input, encoding: 'utf8' })) as never;
}

const ran = (passed: number, reasons: readonly string[], uid: number) => ({
  timedOut: false,
  results: {
    [uid]: { passed, failed: 0, skipped: reasons.map((reason) => ({ title: 'it', reason })) },
  },
});

/** Which of these skips are failures. */
function refused(reasons: readonly string[], uid: number, series?: string): string[] {
  const runs = reasons.map((reason) => ran(1, [reason], uid));
  const outcomes = judge(runs, uid, series);
  return reasons.filter((_, index) => outcomes[index]?.failed === 1);
}

describe('the judge of emulated machines', () => {
  it('admits that a kernel lacks what docs/kernel.md says, and nothing else of it', () => {
    const lacked = ['this kernel lacks exitInfo', 'this kernel lacks pidfs'];
    const had = ['this kernel lacks pidfdOpen', 'this kernel lacks procConnector'];
    assert.deepEqual(refused([...lacked, ...had], 0), had);
    assert.deepEqual(refused(lacked, 0, '6.12'), ['this kernel lacks pidfs']);
  });

  it('admits for ordinary users what is root’s, and never for root', () => {
    const ordinary = ['this kernel lacks procConnector', 'only root may mount'];
    const chosen =
      "this user may not choose PIDs (clone3 set_tid): the actor's system call failed: ";
    const others = [`${chosen}EINVAL`, 'this user may not trace its own processes'];
    assert.deepEqual(refused([...ordinary, `${chosen}EPERM`, ...others], 1000), others);
    assert.equal(refused([...ordinary, `${chosen}EPERM`], 0).length, 3);
    assert.deepEqual(refused(['this kernel lacks procConnector for ordinary users'], 0), []);
  });

  it('admits no other reason, whatever it begins or ends with', () => {
    const others = [
      'this kernel gave no number again',
      'this kernel lacks exitInfo, perhaps',
      'so this kernel lacks exitInfo',
      'this kernel lacks patience',
      'docs/kernel.md has no column for Linux 6.1',
      'a container lies between the kernel and us',
      'no PID namespaces for this user here: Error',
      'no reason given',
    ];
    for (const uid of [0, 1000]) assert.deepEqual(refused(others, uid), others);
  });

  it('believes no machine without a result, or in which nothing has passed', () => {
    const none = [true, false].map((timedOut) => ({ timedOut, results: {} }));
    const outcomes = judge([...none, ran(0, [], 0)], 0);
    assert.deepEqual(
      outcomes.map(({ failed, why }) => [failed, why?.replace(/^the machine /, '')]),
      [
        [1, 'did not come to its end in time'],
        [1, 'left no result'],
        [1, 'no test has passed'],
      ],
    );
  });

  it('says which skip it was', () => {
    const [outcome] = judge([ran(3, ['no reason given'], 0)], 0);
    assert.equal(outcome?.why, 'skipped: it: no reason given');
  });
});
