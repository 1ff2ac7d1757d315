import type { ProcessRow, TracedProcess } from '../../../native-host/protocol';
import { messageText } from '../../../views/escape';
import { timestamp } from '../../../views/format';
import { l10n } from '../../../views/l10n';
import { identifiedProcess, namedProcess, processName } from '../../../views/rowText';
import type { Verdict } from './verdict';

/** Before anything was attached to. `impostor` has the number now. */
export function endedText(row: ProcessRow, impostor: ProcessRow | undefined): string {
  const who = identifiedProcess(row);
  return impostor
    ? l10n.t(
        '{0} has ended, and its number belongs to {1} now. Nothing was attached to. Choose the process again.',
        ...[who, identifiedProcess(impostor)],
      )
    : l10n.t('{0} has ended. Nothing was attached to. Choose the process again.', who);
}

export function noneText(pid: number): string {
  return l10n.t('There is no process with pid {0}. Nothing was attached to.', pid);
}

export function goneText(key: string): string {
  return l10n.t('The process {0} has ended. Nothing was attached to.', messageText(key));
}

export function programText(before: ProcessRow, now: ProcessRow): string {
  return l10n.t(
    '{0} runs {1} by now. Nothing was attached to. Choose the process again if that is what you mean.',
    ...[identifiedProcess(before), messageText(processName(now))],
  );
}

export const nothingAttached = () => l10n.t('Nothing was attached to.');

export function elsewhereText(row: ProcessRow): string {
  return l10n.t(
    '{0} is in another PID namespace: debugpy would put its code into it and then wait in vain, as the process knows itself by another number. Nothing was attached to. Start it with "python -m debugpy --listen 5678", and attach by "connect".',
    namedProcess(row),
  );
}

export function spoilsText(row: ProcessRow, version: string): string {
  return l10n.t(
    'gdb {1} cannot write the registers of this CPU: what debugpy runs in {0} by it fails, and leaves errors behind that can end it. Nothing was attached to. Use gdb 14 or newer, or start it with "python -m debugpy --listen 5678" and attach by "connect".',
    ...[namedProcess(row), messageText(version)],
  );
}

export function otherNumberText(row: ProcessRow, pid: number): string {
  return l10n.t(
    'This configuration means two processes: {0} by its pidfdKey, and {1} by its number. Nothing was attached to.',
    ...[namedProcess(row), pid],
  );
}

export function insideText(row: ProcessRow, nsPid: number): string {
  return l10n.t(
    '{1} is the number that {0} has in its own container, and this debugger runs out here, where that is another process or none. Nothing was attached to. Choose it without "inside", or let "pipeTransport" start the debugger in there.',
    ...[namedProcess(row), nsPid],
  );
}

export function hitText(session: string, row: ProcessRow, hit: Verdict & { kind: 'hit' }): string {
  const values = [messageText(session), identifiedProcess(row), identifiedProcess(hit.impostor)];
  const what = hit.isInjected
    ? l10n.t(
        '"{0}" was meant for {1}, which has ended; the debugger went to {2} instead and put its code there, which cannot be taken back. It was told to leave.',
        ...values,
      )
    : l10n.t(
        '"{0}" was meant for {1}; the debugger was on {2} instead. It was told to leave, and ended nothing.',
        ...values,
      );
  return what;
}

export function stuckText(session: string, row: ProcessRow): string {
  return l10n.t(
    'The debugger of "{0}" does not let go of {1}. Ending it by force could take that process with it: use Disconnect.',
    ...[messageText(session), namedProcess(row)],
  );
}

export function unguardedText(session: string, reason: string): string {
  return l10n.t('"{0}" is not guarded: {1}', messageText(session), messageText(reason));
}

export const lateText = () => l10n.t('the native host does not answer.');

/** What stands on the row of the Targets view. */
export function verdictText(verdict: Verdict): string | undefined {
  switch (verdict.kind) {
    case 'proven':
      return provenText(verdict);
    case 'unproven':
      return verdict.others.length > 0
        ? l10n.t(
            'not proven; its debugger may be on {0}',
            verdict.others.map(tracedName).join(', '),
          )
        : l10n.t('not proven to be on it');
    case 'hit':
    case 'ended':
      return undefined;
  }
}

const tracedName = ({ row }: TracedProcess) => namedProcess(row);

function provenText({ by, tracer }: Verdict & { kind: 'proven' }): string {
  switch (by) {
    case 'tracer':
      return tracer ? l10n.t('proven, traced by {0}', namedProcess(tracer.row)) : l10n.t('proven');
    case 'injection':
      return l10n.t('proven, traced while code was put into it');
    case 'inspector':
      return l10n.t('proven by the address of its inspector');
    case 'socket':
      return l10n.t('proven by its socket');
    case 'event':
      return l10n.t('on it, as its debugger says');
  }
}

/** A number proves nothing about whose it was before. */
export const typedText = (since: number): string =>
  l10n.t('by a number, and sure only since {0}', timestamp(since));
