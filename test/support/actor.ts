import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { Duplex } from 'node:stream';
import { buildFixtures } from './buildFixtures';
import { patience } from './patience';
import { procfs } from './procfs';

const firstChannel = 3;
const channelCount = 12;
const answerMs = 8000 * patience;

type Settle = { resolve: (words: string[]) => void; reject: (error: Error) => void };

/** Any byte that separates words or lines, or that is no plain text, goes as %XX. */
const encode = (word: string | number | Buffer): string =>
  [...(Buffer.isBuffer(word) ? word : Buffer.from(String(word)))]
    .map((byte) =>
      byte > 0x20 && byte < 0x7f && byte !== 0x25
        ? String.fromCharCode(byte)
        : `%${byte.toString(16).padStart(2, '0')}`,
    )
    .join('');

/** One control socket: lines out, lines in, in order. */
class Channel {
  readonly #waiting: Settle[] = [];
  #text = '';

  constructor(
    readonly fd: number,
    readonly socket: Duplex,
  ) {
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => this.#receive(chunk));
    socket.on('error', () => undefined); // the process ended before it read what we wrote
  }

  send(words: readonly (string | number | Buffer)[]): void {
    this.socket.write(`${words.map(encode).join(' ')}\n`);
  }

  receive(what: string): Promise<string[]> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no answer to "${what}"`)), answerMs);
      const done = (): void => clearTimeout(timer);
      this.#waiting.push({
        resolve: (words) => (done(), resolve(words)),
        reject: (error) => (done(), reject(error)),
      });
    });
  }

  #receive(chunk: string): void {
    const lines = (this.#text + chunk).split('\n');
    this.#text = lines.pop() ?? '';
    for (const line of lines) {
      const [verdict, ...words] = line.split(' ');
      const settle = this.#waiting.shift();
      if (verdict === 'ok') settle?.resolve(words);
      else
        settle?.reject(new Error(`the actor's system call failed: ${errnoName(Number(words[0]))}`));
    }
  }
}

function errnoName(errno: number): string {
  const found = Object.entries(constants.errno).find(([, value]) => value === errno);
  return found?.[0] ?? String(errno);
}

/** What these make is nobody's child here. Both are for the tests' own PID namespace. */
const elsewhere = new Set(['orphan', 'cloneParent']);

/** What all actors of one family share: the first process, our child, and the channels that they inherit from it. */
interface Family {
  readonly child: ChildProcess;
  readonly free: Channel[];
  readonly ended: Promise<void>;
}

const families = new Set<Family>();

/** A live process that does as it is told; `test/fixtures/actor.c` says what can be asked. */
export class Actor {
  readonly #family: Family;
  readonly #channel: Channel;
  /** In our own PID namespace. */
  readonly pid: number;
  /** In the PID namespace where it was made. */
  readonly nsPid: number;

  private constructor(family: Family, channel: Channel, pid: number, nsPid: number) {
    this.#family = family;
    this.#channel = channel;
    this.pid = pid;
    this.nsPid = nsPid;
  }

  /** A child of the test process. */
  static async start(): Promise<Actor> {
    const pipes = Array<'pipe'>(channelCount).fill('pipe');
    const child = spawn(buildFixtures().actor, [], {
      stdio: ['ignore', 'ignore', 'inherit', ...pipes],
    });
    const ended = new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.once('error', () => resolve());
    });
    const channels = pipes.map(
      (_, index) => new Channel(firstChannel + index, child.stdio[firstChannel + index] as Duplex),
    );
    const [own, ...free] = channels as [Channel, ...Channel[]];
    const family = { child, free, ended };
    families.add(family);
    const [pid] = await own.receive('start');
    return new Actor(family, own, Number(pid), Number(pid));
  }

  /** Ends every actor that was started and what they made: each ends with its control socket or its parent. */
  static async endAll(): Promise<void> {
    for (const family of families) {
      for (const stream of family.child.stdio) stream?.destroy();
      family.child.kill('SIGKILL'); // our own unreaped child: its number cannot be another's
      await family.ended;
      families.delete(family);
    }
  }

  ask(...words: (string | number | Buffer)[]): Promise<string[]> {
    this.#channel.send(words);
    return this.#channel.receive(String(words[0]));
  }

  async askNumber(...words: (string | number | Buffer)[]): Promise<number> {
    return Number((await this.ask(...words))[0]);
  }

  fork(): Promise<Actor> {
    return this.#make('fork');
  }

  /** A sibling: its parent is the parent of this one. */
  cloneParent(): Promise<Actor> {
    return this.#make('cloneParent');
  }

  /** A grandchild that belongs to the nearest subreaper, or to init, from its first command on. */
  orphan(): Promise<Actor> {
    return this.#make('orphan');
  }

  /** Number 1 of a new PID namespace; as an ordinary user with a user namespace around the outermost. */
  nest(): Promise<Actor> {
    const powerful = process.getuid?.() === 0 || this.#depth() > 0;
    return this.#make('nest', [powerful ? 'root' : 'user']);
  }

  /** A child that was put into another PID namespace by setns; so are all that are made after it. */
  enter(path: string): Promise<Actor> {
    return this.#make('enter', [path]);
  }

  /** A child with these very numbers, the innermost PID namespace's first. */
  place(...numbers: number[]): Promise<Actor> {
    return this.#make('place', numbers);
  }

  async #make(verb: string, further: readonly (string | number)[] = []): Promise<Actor> {
    const channel = this.#family.free.shift();
    if (!channel) throw new Error('all control sockets of this family are in use');
    try {
      const nsPid = await this.askNumber(verb, channel.fd, ...further);
      const outside = elsewhere.has(verb) ? nsPid : this.#outerPid(nsPid);
      const actor = new Actor(this.#family, channel, outside, nsPid);
      await actor.ask('pid');
      return actor;
    } catch (error) {
      this.#family.free.unshift(channel);
      throw error;
    }
  }

  /** How many PID namespaces lie between our /proc's and the actor's own. */
  #depth(): number {
    return procfs.numbers(this.pid).length - 1;
  }

  /** The number out here of the child that has `nsPid` in our actor's own PID namespace. */
  #outerPid(nsPid: number): number {
    const depth = this.#depth();
    if (depth === 0) return nsPid;
    const found = procfs.children(this.pid).find((pid) => procfs.numbers(pid)[depth] === nsPid);
    if (found === undefined) throw new Error(`no child ${nsPid} of ${this.pid}`);
    return found;
  }

  exec(path: string, ...argv: (string | Buffer)[]): Promise<string[]> {
    return this.ask('exec', path, ...argv);
  }

  /** These have no answer: the process is ending. */
  exit(code: number): void {
    this.#end('exit', code);
  }

  raise(signal: NodeJS.Signals): void {
    this.#end('raise', constants.signals[signal]);
  }

  #end(verb: string, value: number): void {
    this.#channel.send([verb, value]);
  }

  /** Waits until that child has exited and collects it; gives the raw wait status. */
  async reap(child: Actor): Promise<number> {
    const status = await this.askNumber('reap', child.nsPid);
    this.#family.free.push(child.#channel); // not before: the dead might not have read its last command
    return status;
  }
}
