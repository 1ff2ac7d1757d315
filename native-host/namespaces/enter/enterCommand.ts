/** `enter KEY`: what "Open Terminal Here" runs in its terminal, which cannot inherit descriptors from the host. */
import { HostError } from '../../hostError.js';
import type { ProcessOpener } from '../../process/processOpener.js';
import type { ProcRoot } from '../../procfs/procRoot.js';
import { entryUsers, namespaceTypes } from '../../protocol.js';
import { Entrance } from './entrance.js';
import { check, enter, type Entry } from './nsenter.js';
import { findOwnShell, findShell } from './shell.js';

export interface EnterWords {
  readonly key: string;
  /** null: all that differ. */
  readonly join: Entry['join'] | null;
  readonly user: Entry['user'];
  readonly check: boolean;
  /** Empty: a shell. */
  readonly command: readonly string[];
}

/** `KEY [--join=A,B] [--user=U] [--check] [-- COMMAND...]`. null: not understood. */
export function parseEnter(words: readonly string[]): EnterWords | null {
  const end = words.includes('--') ? words.indexOf('--') : words.length;
  const [keys, options] = [[] as string[], new Map<string, string>()];
  for (const word of words.slice(0, end)) {
    const [, name = word, value = ''] = /^--([a-z]+)(?:=([^]*))?$/.exec(word) ?? [];
    if (word.startsWith('--')) options.set(name, value);
    else keys.push(word);
  }
  const join = options.get('join')?.split(',').map(namespaceType) ?? null;
  const user = entryUsers.find((one) => one === (options.get('user') ?? 'target'));
  const known = [...options.keys()].every((name) => ['join', 'user', 'check'].includes(name));
  const [key] = keys;
  if (!known || keys.length !== 1 || key === undefined || !user) return null;
  if (join?.includes(null)) return null;
  const types = join && namespaceTypes.filter((type) => join.includes(type));
  return { key, join: types, user, check: options.has('check'), command: words.slice(end + 1) };
}

function namespaceType(name: string): Entry['join'][number] | null {
  return namespaceTypes.find((type) => type === name) ?? null;
}

/** Resolves with the exit code of what ran. @throws HostError Gone, Denied, Unsupported */
export async function runEnter(
  { key, join, user, check: only, command }: EnterWords,
  opener: ProcessOpener,
  root: ProcRoot,
): Promise<number> {
  using target = opener.byKey(key);
  using entrance = Entrance.of(target, root);
  const entry = { join: join ?? entrance.differing(), user };
  const refusal = await check(entrance, entry);
  if (refusal !== null) throw new HostError('Denied', refusal, { pid: target.pid });
  if (only) return 0;
  const program = command.length > 0 ? [...command] : [shellOf(entry)];
  return await enter(entrance, entry, program, closerFor(entry));

  function shellOf({ join: types }: Entry): string {
    const own = process.env['SHELL'];
    if (!types.includes('mnt')) return own ?? '/bin/sh';
    const shell = findShell(target, root, own);
    if (shell !== null) return shell;
    throw new HostError('Unsupported', 'no shell can be seen in there; name a program after --');
  }

  function closerFor({ join: types }: Entry): string | null {
    return types.includes('mnt') ? findShell(target, root) : findOwnShell();
  }
}
