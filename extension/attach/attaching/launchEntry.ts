import type { DebugConfiguration } from 'vscode';
import type { ProcessKind, ProcessRow } from '../../../native-host/protocol';
import { l10n } from '../../../views/l10n';
import { configurationText } from '../../../views/escape';
import { processName } from '../../../views/rowText';
import { NothingDone } from '../../errors';
import { bridgedTexts } from '../bridged/bridgedTexts';
import type { AttachTarget, Debugger } from '../debuggers/debugger';
import { requireLiteral } from './requireLiteral';

/** What goes into launch.json. */
export interface LaunchEntry {
  readonly configuration: DebugConfiguration;
  /** Null where the configuration needs no number. */
  readonly input: LaunchInput | null;
}

export interface LaunchInput {
  readonly id: string;
  readonly type: 'command';
  readonly command: 'pidfd.pickProcess';
  readonly args: object;
}

const longestArguments = 200;
const interpreters: readonly ProcessKind[] = ['node', 'python', 'ruby', 'java', 'dotnet', 'shell'];

/** A configuration that asks for that program each time: numbers and keys are of one process, and not kept. */
export function launchEntry(
  one: Debugger,
  target: AttachTarget,
  usedIds: readonly string[],
): LaunchEntry {
  if (one.type === 'go') throw new NothingDone(goTakesNoText());
  const { contact, row } = target;
  if (contact?.kind === 'far')
    throw new NothingDone(bridgedTexts.notKept(row, contact.listener.port));
  const configuration = byNumber(one, target) ?? one.configure(target);
  requireLiteral(configuration, row);
  const named = {
    ...configuration,
    name: l10n.t('Attach to {0}', configurationText(processName(row))),
  };
  const id = freeId(row, usedIds);
  const asked = ask(named, one, target, id) as DebugConfiguration;
  delete asked['pidfdKey'];
  const isAsked = JSON.stringify(asked).includes(inputOf(id));
  return { configuration: asked, input: isAsked ? inputFor(id, row, one) : null };
}

/** Node is attached to by an address that is of one process: launch.json says the number, and the guard mends it. */
function byNumber({ proof, number, type }: Debugger, { row }: AttachTarget) {
  if (proof !== 'inspector' || !number) return undefined;
  return { type, request: 'attach', name: '', [number.attribute]: String(row.pid) };
}

const inputOf = (id: string) => `\${input:${id}}`;

/** The number and each path below /proc/PID, wherever they stand. */
function ask(value: unknown, one: Debugger, target: AttachTarget, id: string): unknown {
  const { pid } = target.row;
  if (typeof value === 'string') return value.replaceAll(`/proc/${pid}/`, `/proc/${inputOf(id)}/`);
  if (Array.isArray(value)) return value.map((each) => ask(each, one, target, id));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, each]) =>
    name === one.number?.attribute && Number(each) === pid
      ? [name, inputOf(id)]
      : [name, ask(each, one, target, id)],
  );
  return Object.fromEntries(entries) as object;
}

function inputFor(id: string, row: ProcessRow, one: Debugger): LaunchInput {
  const args = { filter: filterFor(row), debugger: one.type, autoPickIfUnique: true };
  return { id, type: 'command', command: 'pidfd.pickProcess', args };
}

/** Regular expressions that find the program when it runs again. An interpreter is told by what it runs. */
export function filterFor({ exe, comm, args, kind }: ProcessRow): Readonly<Record<string, string>> {
  const program = exe === null ? { name: exactly(comm) } : { executable: exactly(exe) };
  if (!interpreters.includes(kind) || args.length < 2) return program;
  const line = args.slice(1).join(' ');
  const start = escaped(line.slice(0, longestArguments));
  return { ...program, commandLine: line.length > longestArguments ? start : `${start}$` };
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
const exactly = (text: string) => `^${escaped(text)}$`;

function freeId(row: ProcessRow, used: readonly string[]): string {
  const base = `pidfd-${processName(row).replace(/[^\w-]+/g, '-') || 'process'}`;
  for (let n = 1; ; n++) {
    const id = n === 1 ? base : `${base}-${n}`;
    if (!used.includes(id)) return id;
  }
}

const goTakesNoText = () =>
  l10n.t(
    'The debugger for Go takes text in "processId" for the name of a program and opens a list of its own, so an entry of launch.json cannot ask for the process. Use "Attach Debugger..." instead: it gives the number.',
  );
