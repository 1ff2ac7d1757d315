import assert from 'node:assert/strict';
import { errorCodes, type ErrorKind } from '../../../native-host/protocol';
import {
  aboutProcess,
  describeError,
  errorButtons,
  NothingDone,
  ProcessError,
  SignalError,
} from '../../../extension/errors';
import {
  HostClosedError,
  HostStartError,
  UnsupportedPlatformError,
} from '../../../extension/host/hostErrors';
import { hostError } from '../views/fakeHost';
import { row } from '../views/rows';

const node = row(4711, 1, { comm: 'node' });
const textOf = (error: unknown) => describeError(error).text;

describe('describeError', () => {
  it('has a sentence for every kind, and it names the process', () => {
    for (const kind of Object.keys(errorCodes) as ErrorKind[]) {
      const text = textOf(
        new ProcessError(node, hostError(kind, { cause: 'openat EIO', limit: 3 })),
      );
      assert.match(text, /node \(pid 4711\)/, kind);
      assert.doesNotMatch(text, /\{\d\}|undefined|null/, kind);
    }
  });

  it('says that no process was touched only of what would have touched one', () => {
    const gone = hostError('Gone');
    assert.equal(textOf(new ProcessError(node, gone)), 'node (pid 4711) has ended already.');
    const touched = 'node (pid 4711) has ended. No process was touched.';
    assert.equal(textOf(new SignalError(node, gone, { signal: 15 })), touched);
    assert.equal(textOf(new ProcessError(node, gone, true)), touched);
  });

  it('says which signal a retry sends', () => {
    const { text, actions } = describeError(
      new SignalError(node, hostError('Denied'), { signal: 15 }),
    );
    assert.match(text, /\. Retry with sudo sends SIGTERM, and nothing after it\.$/);
    assert.equal(actions[0], 'retryWithSudo');
    assert.doesNotMatch(textOf(new ProcessError(node, hostError('Denied'))), /sudo/);
  });

  it('names the number where no row is known', () => {
    assert.match(textOf(hostError('Gone', { pid: 77 })), /pid 77/);
    assert.match(textOf(hostError('Denied')), /^The kernel .* the process\./);
  });

  it('says whose it is, what runs there and which limit was reached', () => {
    const other = row(4711, 1, { comm: 'sh', user: 'root' });
    assert.match(
      textOf(new ProcessError(node, hostError('Denied', { row: other }))),
      /belongs to root/,
    );
    assert.match(
      textOf(new ProcessError(node, hostError('ProgramChanged', { row: other }))),
      /runs sh by now/,
    );
    assert.match(textOf(hostError('Exhausted', { limit: 1024 })), /1024/);
    const cause = 'spawn node EAGAIN';
    assert.match(textOf(hostError('Exhausted', { cause })), /No further process .* limit/);
    const full = "ENOSPC: no space left on device, mkdtemp '/tmp/pidfd-bridge-x'";
    assert.match(
      textOf(hostError('Exhausted', { cause: full })),
      /no room for .*\/tmp\/pidfd-bridge/,
    );
  });

  it('says of a signal without an answer that nobody knows whether it was sent', () => {
    const text = textOf(new ProcessError(node, new HostClosedError('signal/send')));
    assert.match(text, /unknown whether node \(pid 4711\) got the signal; it is not sent again/);
    assert.match(textOf(new HostClosedError('processes/list')), /try again/);
    const asked = textOf(new ProcessError(node, new HostClosedError('processes/details')));
    assert.match(asked, /answered about node \(pid 4711\)\. Please try again/);
  });

  it('names the process of what it knows nothing about', () => {
    const text = textOf(new ProcessError(node, new Error('EIO')));
    assert.equal(text, 'Something went wrong with node (pid 4711): EIO');
  });

  it('offers a way on when the native host does not start', () => {
    const { actions } = describeError(new HostStartError('no runtime'));
    assert.deepEqual(actions, ['retry', 'showLog', 'openSetting']);
    for (const action of actions) assert.ok(errorButtons()[action]);
  });

  it('says where the extension works on other systems', () => {
    assert.match(textOf(new UnsupportedPlatformError()), /Remote - SSH, WSL or a Dev Container/);
  });

  it('knows no kind that objects merely inherit', () => {
    const error = Object.assign(new Error('EIO'), { data: { kind: 'constructor' } });
    assert.equal(textOf(error), 'Something went wrong: EIO');
  });

  it('makes no links of what a process or the kernel said', () => {
    const evil = row(1, null, { comm: '[x](command:y)' });
    assert.doesNotMatch(textOf(new ProcessError(evil, hostError('Gone'))), /\]\(/);
    assert.doesNotMatch(textOf(new Error('[x](command:y)')), /\]\(/);
  });
});

describe('aboutProcess', () => {
  it('adds the process to an error once', async () => {
    const inner = aboutProcess(node, () => Promise.reject(hostError('Gone')));
    const outer = aboutProcess(row(2), () => inner);
    await assert.rejects(outer, (error: ProcessError) => error.row === node);
  });

  it('leaves complete sentences alone', async () => {
    const sentence = new NothingDone('as it is');
    await assert.rejects(
      aboutProcess(node, () => Promise.reject(sentence)),
      (e) => e === sentence,
    );
  });
});
