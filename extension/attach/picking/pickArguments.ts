import { l10n } from '../../../views/l10n';
import { NothingDone } from '../../errors';
import { debuggerOf } from '../debuggers';
import { readWaitFor, type WaitFor } from '../next/waitFor';
import { readPickFilter, type PickFilter } from './pickFilter';

/** What `pidfd.pickProcess` was given in launch.json, checked. */
export interface PickArguments {
  readonly filter?: PickFilter;
  /** Login name, or number as text. */
  readonly user?: string;
  readonly namespace?: NamespaceWanted;
  /** Name, or the start of its id. */
  readonly container?: string;
  /** A type of the table: only what it can debug is listed. */
  readonly debugger?: string;
  readonly autoPickIfUnique: boolean;
  /** It is given by the number that it has in its own PID namespace, where its debugger runs, too. */
  readonly inside: boolean;
  /** One that does not run yet, instead of one from the list. */
  readonly waitFor?: WaitFor;
}

/** `ours`: the PID namespace that this VS Code runs in; else the inode of a namespace of any type. */
export type NamespaceWanted = 'ours' | { readonly inode: string };

/** Whatever is chosen. */
export const anything: PickArguments = { autoPickIfUnique: false, inside: false };

type Given = Readonly<Record<string, unknown>>;

const readers: { readonly [name: string]: (value: unknown, name: string) => object } = {
  filter: (value, name) => ({ filter: readPickFilter(value, name) }),
  user: (value, name) => ({ user: typeof value === 'number' ? String(value) : text(value, name) }),
  namespace: (value, name) => ({ namespace: namespace(value, name) }),
  container: (value, name) => ({ container: text(value, name) }),
  debugger: (value, name) => ({ debugger: knownType(value, name) }),
  waitFor: (value) => ({ waitFor: readWaitFor(value) }),
  autoPickIfUnique: (value, name) => ({ autoPickIfUnique: yesOrNo(value, name) }),
  inside: (value, name) => ({ inside: yesOrNo(value, name) }),
};

/**
 * `${input:}` gives the `args` of launch.json; `${command:}` gives the configuration itself, which has none: of that only
 * the type counts. Throws `NothingDone`, with what is wrong.
 */
export function readPickArguments(given: unknown): PickArguments {
  if (given === undefined || given === null) return anything;
  if (typeof given !== 'object' || Array.isArray(given))
    throw wrong(l10n.t('args must be an object'));
  const fields = given as Given;
  if (isConfiguration(fields)) return ofConfiguration(fields);
  const read = Object.entries(fields).map(([name, value]) => {
    const reader = Object.hasOwn(readers, name) ? readers[name] : undefined;
    if (reader) return reader(value, name);
    const all = Object.keys(readers).join(', ');
    throw wrong(l10n.t('there is no argument "{0}", only {1}', name, all));
  });
  return Object.assign({ ...anything }, ...read) as PickArguments;
}

/** Every configuration has both, and no arguments of ours is called so. */
const isConfiguration = ({ type, request }: Given) =>
  typeof type === 'string' && typeof request === 'string';

/** By `pipeTransport` the debugger runs where the process does, in a container perhaps. */
function ofConfiguration({ type, pipeTransport }: Given): PickArguments {
  const isKnown = debuggerOf(String(type)) !== undefined;
  const inside = Boolean(pipeTransport);
  return { ...anything, inside, ...(isKnown && { debugger: String(type) }) };
}

function text(value: unknown, name: string): string {
  if (typeof value === 'string' && value.trim() !== '') return value.trim();
  throw wrong(l10n.t('"{0}" must be text', name));
}

function yesOrNo(value: unknown, name: string): boolean {
  if (typeof value === 'boolean') return value;
  throw wrong(l10n.t('"{0}" must be true or false', name));
}

function knownType(value: unknown, name: string): string {
  const type = text(value, name);
  if (debuggerOf(type)) return type;
  throw wrong(
    l10n.t('"{0}" must be a type of debugger that is known, and "{1}" is not', name, type),
  );
}

function namespace(value: unknown, name: string): NamespaceWanted {
  const given = typeof value === 'number' ? String(value) : text(value, name);
  if (given === 'ours') return 'ours';
  const inode = /^(?:[a-z]+:\[(\d{1,20})\]|(\d{1,20}))$/.exec(given);
  const digits = inode?.[1] ?? inode?.[2];
  if (digits !== undefined) return { inode: digits };
  throw wrong(l10n.t('"{0}" must be "ours" or an inode, as in "pid:[4026531836]"', name));
}

const wrong = (what: string) => new NothingDone(l10n.t('pidfd.pickProcess: {0}.', what));
