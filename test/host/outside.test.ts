import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { openPidfd } from '../../native-host/kernel/pidfd';
import { Actor } from '../support/actor';
import { has } from '../support/has';
import { skipBecause } from '../support/results';
import { withHost } from '../support/withHost';

const [program = '', ...unshare] = [
  ...['unshare', '--user', '--map-root-user', '--pid', '--fork', '--kill-child', '--mount-proc'],
];

/** What our code says in a PID namespace of its own about a pidfd from outside. */
async function askOutsider(context: Mocha.Context, pid: number) {
  using pidfd = openPidfd(pid);
  const script = path.join(__dirname, '../support/outsider.js');
  const child = spawn(program, [...unshare, process.execPath, script], {
    stdio: ['ignore', 'pipe', 'pipe', pidfd.number],
  });
  const [told, error] = await Promise.all([
    text(child.stdout!),
    text(child.stderr!),
    once(child, 'close'),
  ]);
  if (/unshare/.test(error)) skipBecause(context, `no PID namespaces for this user here: ${error}`);
  assert.equal(error, '');
  return JSON.parse(told) as Record<string, unknown>;
}

describe('a process in a PID namespace that cannot be seen from here', () => {
  it('is neither signalled nor mistaken for another, and is said to be invisible', async function () {
    const actor = await Actor.start();
    await actor.ask('handle', constants.signals.SIGTERM);
    const { info, ...others } = await askOutsider(this, actor.pid);
    const { kind } = info as { kind: string };
    const isKnown = await has('pidfdInfo');
    // EREMOTE. Where the kernel does not know the question: ENOTTY, and EINVAL of all with an argument in 6.11 and 6.12.
    assert.ok((isKnown ? ['Invisible'] : ['Unsupported', 'Internal']).includes(kind), kind);
    assert.deepEqual(others, {
      signal: { kind: 'Invisible', message: 'pidfd_send_signal EINVAL' },
      numbers: null,
      isReaped: false,
      hasExited: false,
    });
    assert.equal(await actor.askNumber('felt'), 0);
  });

  it('below our own is signalled by the number that it has here', async function () {
    const actor = await Actor.start();
    const inner = await actor.nest().catch(() => skipBecause(this, 'no PID namespaces'));
    await inner.ask('handle', constants.signals.SIGTERM);
    await withHost(async ({ host }) => {
      const { key } = await host.request('processes/find', { pid: inner.pid });
      await host.request('signal/send', { key, signal: constants.signals.SIGTERM });
    });
    assert.equal(await inner.askNumber('felt'), 1);
  });
});
