/**
 * A child that continues what we stopped when we cannot: it waits for the end of its stdin, which comes however we die,
 * and then sends SIGCONT by key. Detached, so that what kills our process group leaves it alone. Nothing is stopped
 * before it has said that it knows the key.
 */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { HostError } from '../hostError.js';
import { assertSpareDescriptors } from '../kernel/spareDescriptors.js';
import type { ProcessOpener } from '../process/processOpener.js';
import type { IdentityTier, ProcessKey } from '../protocol.js';
import { SIGCONT } from '../signals/signalTable.js';

/** The word that `main` dispatches on. */
export const guardianCommand = 'guardian';
const clear = 'clear';

/** It has a few lines to read; one that is stopped itself would let us wait for ever beside what we stopped. */
const answerMs = 5000;
/** Its first answer waits for its start, on a machine that may be busy; nobody stands still until then. */
const startMs = 15_000;

/** Our side. */
export class Guardian implements Disposable {
  private readonly child: ChildProcessByStdio<Writable, Readable, null>;
  private readonly replies: Interface;
  /** It owes an answer: what it says from now on is too late, and nothing of it is believed. */
  private isMute = false;
  private limitMs = startMs;
  /** Rejects when it is not there any more, whoever ended it. */
  readonly ended: Promise<never>;

  /** @throws SysError EMFILE, ENFILE; HostError Exhausted */
  constructor(script: string, tier: IdentityTier) {
    assertSpareDescriptors();
    this.child = spawn(process.execPath, [script, guardianCommand, tier], {
      stdio: ['pipe', 'pipe', 'ignore'],
      detached: true,
      cwd: '/',
    });
    if (!hasPipes(this.child)) throw noGuardian(this.child);
    this.replies = createInterface(this.child.stdout);
    this.ended = new Promise((_, reject) => {
      const fail = () =>
        reject(new HostError('Unguarded', 'the guardian of stopped processes ended'));
      this.child.once('error', (error) => reject(notStarted(error)));
      this.child.once('exit', fail);
      this.child.stdin.once('error', fail);
    });
    this.ended.catch(() => undefined); // whoever asks next is told
  }

  /** Resolves when the guardian knows these keys. @throws HostError: it is not there, so nothing may be stopped */
  async guard(keys: readonly ProcessKey[]): Promise<void> {
    await this.tell(keys.join(' '));
  }

  /** All have been continued, or have ended. */
  async release(): Promise<void> {
    await this.tell(clear);
  }

  /** One that is mute must not continue what others have stopped since, whenever it wakes up. */
  [Symbol.dispose](): void {
    this.child.stdin.end(this.isMute ? `${clear}\n` : undefined);
    this.replies.close();
    this.child.unref();
  }

  private async tell(line: string): Promise<void> {
    if (this.isMute) throw mute(this.limitMs);
    const reply = new Promise<void>((resolve) => this.replies.once('line', () => resolve()));
    this.child.stdin.write(`${line}\n`);
    await Promise.race([this.inTime(reply), this.ended]);
  }

  private inTime(reply: Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.isMute = true;
        reject(mute(this.limitMs));
      }, this.limitMs);
      const done = () => clearTimeout(timer);
      this.ended.catch(done);
      void reply.then(() => {
        this.limitMs = answerMs;
        done();
        resolve();
      });
    });
  }
}

const mute = (ms: number): HostError =>
  new HostError('Unguarded', `the guardian of stopped processes did not answer in ${ms} ms`);

/** Node gives none, whatever its types say, where no descriptors were left for them. */
function hasPipes(child: Partial<ChildProcessByStdio<Writable, Readable, null>>): boolean {
  return child.stdin !== undefined && child.stdout !== undefined;
}

function noGuardian(child: ChildProcessByStdio<Writable, Readable, null>): HostError {
  child.once('error', () => undefined); // told again, later: uncaught it would end us
  return new HostError('Exhausted', 'no descriptors for the guardian of stopped processes');
}

/** fork(2) says EAGAIN where a limit of processes is reached: of the user, of a cgroup, or of PIDs. */
function notStarted(error: NodeJS.ErrnoException): HostError {
  const kind = error.code === 'EAGAIN' || error.code === 'ENOMEM' ? 'Exhausted' : 'Unguarded';
  const message = `the guardian of stopped processes could not be started: ${error.code}`;
  return new HostError(kind, message, { cause: error });
}

/** The guardian's own side: runs until its stdin ends. */
export async function runGuardian(opener: ProcessOpener): Promise<void> {
  const keys = new Set<ProcessKey>();
  process.stdout.on('error', () => undefined); // EPIPE: whom it would tell is dead, which stdin says as well
  try {
    for await (const line of createInterface(process.stdin)) {
      if (line === clear) keys.clear();
      else for (const key of line.split(' ')) keys.add(key as ProcessKey);
      process.stdout.write('known\n');
    }
  } finally {
    // Leaves first: a stopped child whose parent ends is sent SIGHUP by the kernel when its group is orphaned.
    for (const key of [...keys].reverse()) continueByKey(opener, key);
  }
}

function continueByKey(opener: ProcessOpener, key: ProcessKey): void {
  try {
    using process = opener.byKey(key);
    process.signal(SIGCONT);
  } catch {
    // Gone, or another user's by now: there is nobody left to tell, and the others must be continued all the same.
  }
}
