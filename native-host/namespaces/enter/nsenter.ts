import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readlinkSync } from 'node:fs';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { HostError } from '../../hostError.js';
import type { Fd } from '../../kernel/fd.js';
import { spawnInheriting } from '../../kernel/inheriting.js';
import type { EntryUser, NamespaceType } from '../../protocol.js';
import { closingFirst } from './closing.js';
import type { Entrance } from './entrance.js';
import { credentials, nsenterCommand } from './plan.js';

export interface Entry {
  readonly join: readonly NamespaceType[];
  readonly user: EntryUser;
}

/** null: it can be entered. */
export type Refusal = string | null;

/** That it is not there says that all the rest went well: nothing has to be run in a namespace to know. */
const noProgram = '/.there-is-no-such-program';
const programNotFound = 127; // nsenter(1), EX_EXEC_ENOENT of util-linux
const answerMs = 5000;
const mostText = 2000;

/**
 * Runs it in there with our own terminal, and without our descriptors where `closer` is a shell that is there. Resolves
 * with its exit code, 128 and more for a signal as shells say it.
 */
export async function enter(
  entrance: Entrance,
  entry: Entry,
  command: readonly string[],
  closer: string | null,
): Promise<number> {
  const child = start(entrance, entry, command, { stdio: 'inherit', closer });
  const ignore = () => undefined; // what a terminal sends to all is for the program in front
  process.on('SIGINT', ignore).on('SIGQUIT', ignore);
  const [code, signal] = await ending(child);
  return code ?? 128 + (signal ? constants.signals[signal] : 0);
}

/** What nsenter says against it. Nothing is run in there. @throws HostError Unsupported: no nsenter */
export async function check(entrance: Entrance, entry: Entry): Promise<Refusal> {
  const { code, err } = await capture(entrance, entry, [noProgram]);
  if (code === programNotFound) return null;
  return err.trim() || `nsenter ended with ${code ?? 'a signal'}`;
}

export interface Captured {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a program in there that says something short. @throws HostError Denied, Unsupported */
export async function capture(
  entrance: Entrance,
  entry: Entry,
  command: readonly string[],
): Promise<Captured> {
  const child = start(entrance, entry, command, { stdio: 'pipe' });
  const [out, err] = [gather(child.stdout), gather(child.stderr)];
  child.stdin?.destroy();
  const timer = setTimeout(() => child.kill('SIGKILL'), answerMs); // our own child, not collected yet
  const [code] = await ending(child).finally(() => clearTimeout(timer));
  return { code, out: out(), err: err() };
}

function gather(stream: Readable | null): () => string {
  let text = '';
  stream?.setEncoding('utf8').on('data', (part: string) => {
    if (text.length < mostText) text += part;
  });
  return () => text.slice(0, mostText);
}

/**
 * Starts one of our own programs in there, with pipes. The caller ends it.
 * @throws HostError Denied; later, as an event of the child: no nsenter
 */
export function launch(entrance: Entrance, entry: Entry, command: readonly string[]): ChildProcess {
  const node = process.env['ELECTRON_RUN_AS_NODE'];
  const env = node ? { ELECTRON_RUN_AS_NODE: node } : {};
  return start(entrance, entry, command, { stdio: 'pipe', env });
}

interface StartOptions {
  readonly stdio: 'inherit' | 'pipe';
  readonly env?: NodeJS.ProcessEnv;
  readonly closer?: string | null;
}

function start(
  entrance: Entrance,
  { join, user }: Entry,
  command: readonly string[],
  { stdio, env = {}, closer = null }: StartOptions,
): ChildProcess {
  const facts = entrance.facts(join);
  const rights = credentials(facts, join, user);
  if (!rights) throw new HostError('Denied', `nobody is that user there, or only root becomes it`);
  const fds = entrance.descriptors(join);
  const program = closer === null ? command : closingFirst(closer, fds.length, command);
  const outer = facts.euid === 0 ? null : entrance.outerOwner(join);
  const close = () => outer?.[Symbol.dispose]();
  try {
    const words = nsenterCommand(join, outer && ownPath(outer), rights, program);
    const child = spawnInheriting(words, fds, { stdio, env: { ...environment(stdio), ...env } });
    return child.once('close', close).once('error', close);
  } catch (error) {
    close();
    throw error;
  }
}

function environment(stdio: StartOptions['stdio']): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env };
  if (stdio === 'pipe') env['LC_ALL'] = 'C'; // what it says is read
  delete env['ELECTRON_RUN_AS_NODE']; // it is how VS Code runs us, and not meant for who comes after
  return env;
}

/**
 * Where a child finds a descriptor of ours that it does not inherit: one less for a shell to close, and dash closes seven.
 * Only for who is still in our user namespace: from another one nobody may look at our descriptors
 * (cap_ptrace_access_check, security/commoncap.c).
 */
const ownPath = (fd: Fd): string => `/proc/${ownNumber()}/fd/${fd.number}`;

/** As /proc has it, which may be another PID namespace's. Where there is none, nsenter says so in its own words. */
function ownNumber(): string {
  try {
    return readlinkSync('/proc/self');
  } catch {
    return 'self';
  }
}

async function ending(child: ChildProcess): Promise<[number | null, NodeJS.Signals | null]> {
  try {
    return (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  } catch (error) {
    throw new HostError('Unsupported', 'nsenter of util-linux cannot be run', { cause: error });
  }
}
