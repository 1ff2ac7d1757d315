/** `signal` of the command line: whom, what, and how far, as words. */
import type { Capabilities } from '../capabilities.js';
import { HostError } from '../hostError.js';
import { Ancestry } from '../process/ancestry.js';
import type { ProcessOpener } from '../process/processOpener.js';
import type { ProcRoot } from '../procfs/procRoot.js';
import { SlowReads } from '../procfs/slowReads.js';
import { Users } from '../procfs/users.js';
import type { SignalScope, ThreadKey } from '../protocol.js';
import { GoPrograms } from '../table/goPrograms.js';
import { RowKinds } from '../table/rowKinds.js';
import { RowReader } from '../table/rowReader.js';
import { Uptime } from '../table/uptime.js';
import { sendBare } from './bareSignals.js';
import { GroupSignals } from './group.js';
import { SignalSender, type Signal } from './send.js';
import { parseSignal } from './signalTable.js';
import { Threads } from './threads.js';

export interface SignalCommand extends Signal {
  readonly key: string;
}

/** null: not understood. */
export function parseSignalCommand(words: readonly string[]): SignalCommand | null {
  const [key, name, ...more] = words.filter((word) => !word.startsWith('--'));
  const number = name === undefined ? null : parseSignal(name);
  const options = parseOptions(words.filter((word) => word.startsWith('--')));
  if (key === undefined || number === null || more.length > 0 || !options) return null;
  return { key, number, ...options };
}

function parseOptions(words: readonly string[]): Pick<Signal, 'scope' | 'value'> | null {
  let scope: SignalScope = { kind: 'process' };
  let value: number | undefined;
  for (const word of words) {
    const [name, ...rest] = word.split('=');
    const text = rest.join('=');
    if (word === '--group') scope = { kind: 'group' };
    else if (name === '--thread' && text) scope = { kind: 'thread', thread: text as ThreadKey };
    else if (name === '--value' && isInt(text)) value = Number(text);
    else return null;
  }
  return { scope, value };
}

const isInt = (text: string): boolean =>
  /^-?\d{1,10}$/.test(text) && Number(text) === (Number(text) | 0);

/** Says what was done. @throws HostError, SysError */
export async function runSignal(
  { key, ...signal }: SignalCommand,
  opener: ProcessOpener,
  root: ProcRoot | null,
  { has }: Pick<Capabilities, 'has'>,
): Promise<string> {
  using process = opener.byKey(key);
  const { members } = root
    ? await sender(opener, root, has).send(process, signal)
    : sendBare(process, signal);
  const refused = members?.filter(({ error }) => error !== null) ?? [];
  if (refused.length > 0) {
    const names = refused.map(({ row, error }) => `${row.key} (${error})`).join(', ');
    throw new HostError('Denied', `of its group these did not get it: ${names}`);
  }
  const whom = signal.scope.kind === 'process' ? '' : `${signal.scope.kind} of `;
  return `signal ${signal.number} sent to ${whom}${process.key}`;
}

function sender(opener: ProcessOpener, root: ProcRoot, has: Capabilities['has']): SignalSender {
  const slow = new SlowReads();
  const rows = new RowReader(
    opener,
    root,
    slow,
    new Users(),
    new Uptime(root),
    new RowKinds(new GoPrograms(slow, root)),
  );
  const threads = new Threads(root, has('threadPidfds') && has('pidfdInfo'));
  const groups = new GroupSignals(opener, root, rows, has('groupSignals'));
  return new SignalSender(threads, groups, new Ancestry(root));
}
