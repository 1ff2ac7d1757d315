import type { ProcessRow } from '../../native-host/protocol';
import { pickerCommands, rowCommands } from '../contributions';
import { l10n } from '../../views/l10n';
import { ProcessElement } from '../../views/processes/processElement';
import { NothingDone } from '../errors';
import type { Services } from '../services';
import { attachDebuggerVerb, attachOtherDebuggerVerb } from './attachDebugger';
import { continueVerb } from './continue';
import { copyCommandLineVerb } from './copyCommandLine';
import { copyKeyVerb } from './copyKey';
import { copyPidVerb } from './copyPid';
import { createLaunchEntryVerb } from './createLaunchEntry';
import { killVerb } from './kill';
import { openTerminalVerb } from './openTerminal';
import { pauseVerb } from './pause';
import { pinVerb } from './pin';
import type { CommandRegistry } from './register';
import { revealParentVerb, revealVerb } from './reveal';
import { sendSignalVerb } from './sendSignal';
import { showNamespacesVerb } from './showNamespaces';
import { stopGracefullyVerb } from './stopGracefully';
import { stopTreeVerb } from './stopTree';
import { terminateVerb } from './terminate';
import { translateRowVerb } from './translateRow';
import type { PickableVerb, ProcessVerb } from './verb';
import { waitForExitVerb } from './waitForExit';
import { waitThenVerb } from './waitThen';
import { waitWithLimitVerb } from './waitWithLimit';

const shared = {
  sendSignal: sendSignalVerb,
  terminate: terminateVerb,
  kill: killVerb,
  pause: pauseVerb,
  continue: continueVerb,
  stopGracefully: stopGracefullyVerb,
  stopTree: stopTreeVerb,
  waitForExit: waitForExitVerb,
  waitWithLimit: waitWithLimitVerb,
  waitThen: waitThenVerb,
  pin: pinVerb,
  showNamespaces: showNamespacesVerb,
  openTerminal: openTerminalVerb,
  copyPid: copyPidVerb,
  copyKey: copyKeyVerb,
  copyCommandLine: copyCommandLineVerb,
  revealParent: revealParentVerb,
  attachDebugger: attachDebuggerVerb,
  attachOtherDebugger: attachOtherDebuggerVerb,
  createLaunchEntry: createLaunchEntryVerb,
};

const rowVerbs: Record<keyof typeof rowCommands, ProcessVerb> = {
  ...shared,
  translatePid: translateRowVerb,
};

const pickerVerbs: Record<keyof typeof pickerCommands, PickableVerb> = {
  ...shared,
  revealProcess: revealVerb,
};

/** Each verb twice: on a row, and from the palette with a picker. */
export function registerProcessCommands(registry: CommandRegistry, services: Services): void {
  for (const name of keys(rowCommands)) {
    registry.register(rowCommands[name], (clicked, selected) =>
      runOnRows(services, rowVerbs[name], clicked, selected),
    );
  }
  for (const name of keys(pickerCommands)) {
    registry.register(pickerCommands[name], () => pickAndRun(services, pickerVerbs[name]));
  }
}

function keys<T extends object>(object: T): (keyof T)[] {
  return Object.keys(object) as (keyof T)[];
}

/**
 * While a tree is being refreshed VS Code may deliver a row's command without its row. What is selected by then, or
 * would be picked, is not what was clicked: so nothing is done.
 */
function requireElement(argument: unknown): ProcessElement {
  if (argument instanceof ProcessElement) return argument;
  throw new NothingDone(
    l10n.t('The row changed while you clicked, so nothing was done. Please choose it again.'),
  );
}

/** A namespace or a group may be selected beside the row that was clicked. */
function requireSelected(argument: unknown): ProcessElement {
  if (!(argument instanceof Object) || argument instanceof ProcessElement)
    return requireElement(argument);
  throw new NothingDone(
    l10n.t('Nothing was done: something else than processes is selected, too.'),
  );
}

/** VS Code gives the row that was clicked and, when it is one of several selected ones, all of those. */
async function runOnRows(
  services: Services,
  verb: ProcessVerb,
  clicked: unknown,
  selected: unknown,
): Promise<void> {
  const { row } = requireElement(clicked);
  const all = Array.isArray(selected)
    ? distinct(selected.map((one) => requireSelected(one).row))
    : [];
  if (all.length > 1 && verb.runMany) await verb.runMany(services, all);
  else await verb.run(services, row);
}

/** A process stands below each of its namespaces. */
function distinct(rows: readonly ProcessRow[]): readonly ProcessRow[] {
  return [...new Map(rows.map((row) => [row.key, row])).values()];
}

/** What is given as an argument (by a keybinding, say) is not looked at: a number names nobody. */
async function pickAndRun(services: Services, verb: PickableVerb): Promise<void> {
  const rows = await pickRows(services, verb);
  const [row] = rows;
  if (rows.length > 1 && verb.runMany) await verb.runMany(services, rows);
  else if (row) await verb.run(services, row);
}

async function pickRows(
  { picker }: Services,
  { pickerTitle, isForDebugger, takesSeveral }: PickableVerb,
): Promise<readonly ProcessRow[]> {
  if (takesSeveral) return picker.pickSeveral(pickerTitle);
  const row = await picker.pick(pickerTitle, undefined, isForDebugger);
  return row ? [row] : [];
}
