import type { DebugConfiguration } from 'vscode';
import type { ProcessRow } from '../../../native-host/protocol';
import { l10n } from '../../../views/l10n';
import { namedProcess } from '../../../views/rowText';
import { NothingDone } from '../../errors';

/**
 * VS Code replaces variables in all that it is given to start, and runs the command of `${command:}`. What a process is
 * called, or where it listens, must not be one: there is no way to write it so that it stays as it is.
 */
export function requireLiteral(configuration: DebugConfiguration, row: ProcessRow): void {
  if (!JSON.stringify(configuration).includes('${')) return;
  throw new NothingDone(
    l10n.t(
      'A path of {0} has "${" in it, which VS Code would take for a variable. Nothing was done. Start it by a path without that.',
      namedProcess(row),
    ),
  );
}
