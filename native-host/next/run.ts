/**
 * `run`: what "Run and Attach" starts in a terminal. It tells the window its own key, waits until the native host there
 * holds it, and then becomes the program, stopped before its first instruction: same process, same terminal, and
 * nobody in between whose signals, exit status or descriptors could differ from what the program would have alone.
 */
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { becomeProgram, stopAtExec } from '../kernel/exec.js';
import { SysError } from '../kernel/sysError.js';
import { ProcessOpener } from '../process/processOpener.js';
import { ProcRoot } from '../procfs/procRoot.js';
import type { IdentityTier, ProcessKey } from '../protocol.js';
import { startedProgram, type StartedProgram } from './startedProgram.js';

/** The word that `main` dispatches on. */
export const runCommand = 'run';

/** sysexits.h */
const EX_USAGE = 64;
const EX_UNAVAILABLE = 69;
/** As shells say it: found and not executable, not found. */
const notExecutable = 126;
const notFound = 127;

/** `TIER SOCKET PROGRAM ARGUMENTS...`. Gives an exit code where the program was not run. */
export async function runHeld(words: readonly string[]): Promise<number> {
  const [tier, path, program, ...args] = words;
  if (tier === undefined || path === undefined || program === undefined) {
    return say(EX_USAGE, 'run TIER SOCKET PROGRAM ARGUMENTS...: for Run and Attach alone');
  }
  const started = await startedProgram([program, ...args]);
  const answer = await answerOf(
    path,
    `${ownKey(tier as IdentityTier)}\n${JSON.stringify(started)}\n`,
  );
  const go = /^go(?: (\S+))?\n$/.exec(answer);
  if (!go) return say(EX_UNAVAILABLE, 'The window that waits for this is gone: nothing was run.');
  delete process.env['ELECTRON_RUN_AS_NODE']; // it is how VS Code runs us, and not meant for the program
  return become(go[1] === undefined ? [program, ...args] : withOption(started.words, go[1]));
}

/** For the runtime itself, before all that it has already. */
const withOption = ([program, ...args]: StartedProgram['words'], option: string) =>
  [program, option, ...args] as const;

function ownKey(tier: IdentityTier): ProcessKey {
  const root = tier === 'startTime' ? ProcRoot.open() : null;
  using self = new ProcessOpener(tier, root).byNumber(process.pid);
  return self.key;
}

/** Tells the window who we are, and what we become. `go`: we are held; empty: the window is gone. */
async function answerOf(path: string, told: string): Promise<string> {
  const socket: Socket = connect(path);
  try {
    await once(socket, 'connect');
    socket.write(told);
    const [answer] = (await Promise.race([
      once(socket, 'data'),
      once(socket, 'close').then(() => ['']),
    ])) as [Buffer | string];
    return answer.toString();
  } catch {
    return ''; // nobody listens there
  } finally {
    socket.destroy();
  }
}

function become(command: readonly [string, ...string[]]): number {
  const stop = stopAtExec();
  try {
    return becomeProgram(command);
  } catch (error) {
    stop[Symbol.dispose](); // there is no such program, and nothing else is to stop us
    if (!(error instanceof SysError)) throw error;
    const code = error.code === 'ENOENT' ? notFound : notExecutable;
    return say(code, `${command[0]}: ${error.code}`);
  }
}

function say(code: number, text: string): number {
  process.stderr.write(`${text}\n`);
  return code;
}
