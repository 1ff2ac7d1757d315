import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { buildFixtures } from './buildFixtures';
import { skipBecause } from './results';

/** Those since 5.0 are the same on every architecture. */
const numbers = {
  open_by_handle_at: process.arch === 'arm64' ? 265 : 304,
  ioctl: process.arch === 'arm64' ? 29 : 16,
  pidfd_send_signal: 424,
  pidfd_open: 434,
  setresuid: process.arch === 'arm64' ? 147 : 117,
} as const;

export interface Where {
  readonly when: 'before' | 'after';
  readonly call: keyof typeof numbers;
  /** The first call, or the one of this number, where this argument has this value. */
  readonly argument: number;
  readonly value: number;
  readonly nth?: number;
}

export interface HeldUp {
  /** It stands still there. */
  readonly reached: Promise<void>;
  letGo(): Promise<void>;
}

/** Stops a process at one of its system calls, as a debugger does: for races of microseconds. null: not permitted. */
export async function tryHoldUp(
  pid: number,
  { when, call, argument, value, nth = 1 }: Where,
): Promise<HeldUp | null> {
  const args = [pid, when, numbers[call], argument, value, nth].map(String);
  const tracer = spawn(buildFixtures().holdup, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = once(tracer, 'close');
  const lines = createInterface(tracer.stdout)[Symbol.asyncIterator]();
  const ready = await lines.next();
  if (ready.value !== 'ready') {
    await ended;
    return null;
  }
  return {
    reached: lines.next().then(async ({ value: word }) => {
      if (word === 'held') return;
      const how = (await ended).join(' '); // its alarm, or a system call that failed
      throw new Error(`the tracer ended (${how}) before ${call}`);
    }),
    letGo: async () => {
      tracer.stdin.end();
      await ended;
    },
  };
}

export async function holdUp(context: Mocha.Context, pid: number, where: Where): Promise<HeldUp> {
  const held = await tryHoldUp(pid, where);
  return held ?? skipBecause(context, 'this user may not trace its own processes');
}
