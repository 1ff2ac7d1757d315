// A program for test/host/outside.test.ts. Its descriptor 3 is a pidfd of a process outside of its PID namespace: no
// number and no handle in there leads to one, but a descriptor that is passed in does. Prints what our own code makes of it.
import { toHostError } from '../../native-host/hostError';
import { Fd } from '../../native-host/kernel/fd';
import { Ancestry } from '../../native-host/process/ancestry';
import { PidFd } from '../../native-host/process/pidFd';
import { ProcRoot } from '../../native-host/procfs/procRoot';
import type { ProcessKey } from '../../native-host/protocol';
import { SignalSender } from '../../native-host/signals/send';

const SIGTERM = 15;

async function attempt(action: () => unknown): Promise<unknown> {
  try {
    return await action();
  } catch (error) {
    const { kind, message } = toHostError(error);
    return { kind, message };
  }
}

async function main(): Promise<void> {
  using outside = new PidFd(new Fd(3), 4711, '4711:1' as ProcessKey);
  const root = ProcRoot.open();
  const sender = new SignalSender(null as never, null as never, new Ancestry(root));
  const signal = { number: SIGTERM, scope: { kind: 'process' } } as const;
  const told = {
    signal: await attempt(() => sender.send(outside, signal)),
    info: await attempt(() => outside.info()),
    numbers: await attempt(() => outside.numbers(root)),
    isReaped: outside.isReaped(),
    hasExited: outside.hasExited(),
  };
  process.stdout.write(JSON.stringify(told));
}

void main();
