/**
 * The command line: what a terminal runs when it must act as someone else (`sudo node native-host.js signal KEY TERM`).
 * Keys, never numbers: what the key names is what is hit, or nothing.
 */
import { bridgeCommand, runBridge } from './bridge/bridgeChild.js';
import { probeCapabilities } from './capabilities.js';
import { toHostError, type HostError } from './hostError.js';
import { EpollLoop } from './kernel/epollLoop.js';
import { parseEnter, runEnter } from './namespaces/enter/enterCommand.js';
import { runCommand, runHeld } from './next/run.js';
import { ProcessOpener } from './process/processOpener.js';
import { ProcRoot } from './procfs/procRoot.js';
import type { IdentityTier } from './protocol.js';
import { log } from './rpc/outputs.js';
import { parseSignalCommand, runSignal } from './signals/signalCommand.js';
import { guardianCommand, runGuardian } from './tree/guardian.js';

/** sysexits.h */
const EX_USAGE = 64;
const EX_UNAVAILABLE = 69;
const EX_NOPERM = 77;

const usage = `usage: native-host.js signal KEY SIGNAL [--group | --thread=THREAD] [--value=NUMBER]
       native-host.js enter KEY [--join=TYPE,...] [--user=USER] [--check] [-- COMMAND...]
  KEY     PID:INODE or PID@STARTTICKS, as "Copy PID:INODE" gives it
  SIGNAL  a name (TERM, SIGTERM) or a number
  THREAD  one thread of it, TID:INODE; --group: all of its process group
  NUMBER  goes along with the signal, as from sigqueue(3)
  TYPE    a namespace to enter: cgroup, ipc, mnt, net, pid, time, user, uts; all that differ, if left out
  USER    who to be there: target (as that process), root, ours
  --check asks whether it is possible, and runs nothing`;

/** The exit code, or null: these are no words of ours, serve the pipe. */
export async function runCommandLine(words: readonly string[]): Promise<number | null> {
  const [command, ...rest] = words.filter((word) => !word.startsWith('--'));
  if (command === undefined) return null;
  const loop = new EpollLoop((error) => log(String(error)));
  try {
    if (command === guardianCommand) return await guard(rest);
    if (command === runCommand) return await runHeld(words.slice(1));
    if (command === bridgeCommand) return await bridge(rest);
    const capabilities = await probeCapabilities(loop, new Set());
    const root = capabilities.has('procfs') ? ProcRoot.open() : null;
    const opener = new ProcessOpener(capabilities.tier, root);
    if (command === 'enter') return await enter(opener, words.slice(1));
    const order = command === 'signal' ? parseSignalCommand(words.slice(1)) : null;
    return order
      ? say(0, await runSignal(order, opener, root, capabilities))
      : say(EX_USAGE, usage);
  } catch (error) {
    return explain(toHostError(error));
  } finally {
    await loop.stop();
  }
}

/** Our parent has found the tier out already, and waits for us while a tree grows. */
async function guard([tier]: readonly string[]): Promise<number> {
  await runGuardian(new ProcessOpener(tier as IdentityTier, ProcRoot.open()));
  return 0;
}

/** Holds no process, and asks the kernel nothing. */
async function bridge(words: readonly string[]): Promise<number> {
  await runBridge(words);
  return 0;
}

async function enter(opener: ProcessOpener, words: readonly string[]): Promise<number> {
  const parsed = parseEnter(words);
  if (!parsed) return say(EX_USAGE, usage);
  using root = ProcRoot.open();
  const code = await runEnter(parsed, opener, root);
  return parsed.check ? say(code, `${parsed.key} can be entered`) : code;
}

function explain(error: HostError): number {
  if (error.kind === 'Gone') return say(EX_UNAVAILABLE, `it has ended; nobody else was touched`);
  if (error.kind === 'Denied') {
    return say(EX_NOPERM, `the kernel does not permit it (${error.message})`);
  }
  return say(error.kind === 'Invalid' ? EX_USAGE : EX_UNAVAILABLE, error.message);
}

function say(code: number, text: string): number {
  (code === 0 ? process.stdout : process.stderr).write(`${text}\n`);
  return code;
}
