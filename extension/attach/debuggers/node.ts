import type { DebugConfiguration } from 'vscode';
import { l10n } from '../../../views/l10n';
import { namedProcess } from '../../../views/rowText';
import { NothingDone } from '../../errors';
import { attachTo } from './configuration';
import type { AttachTarget, Debugger } from './debugger';

/**
 * VS Code's own debugger for JavaScript. Never by number: it would send SIGUSR1 to whoever has it by then, and connect
 * to whoever listens on 9229.
 */
const jsDebug = {
  extension: 'ms-vscode.js-debug',
  kinds: ['node'],
  number: { attribute: 'processId', form: 'text' }, // a number is silently ignored
  proof: 'inspector',
  endsByNumber: true, // terminateProcess.sh, with `process.pid` as it was evaluated in the program
} as const;

export const node: Debugger = {
  ...jsDebug,
  type: 'node',
  configure: (target) => ({ ...attachTo('node', target), ...byInspector(target) }),
};

/** What it is called inside, and was in old configurations. */
export const pwaNode: Debugger = {
  ...jsDebug,
  type: 'pwa-node',
  configure: (target) => ({ ...attachTo('pwa-node', target), ...byInspector(target) }),
};

function byInspector({ row, contact, root }: AttachTarget): Partial<DebugConfiguration> {
  if (contact?.kind !== 'inspector') {
    throw new NothingDone(l10n.t('The inspector of {0} is not open.', namedProcess(row)));
  }
  return {
    websocketAddress: contact.websocketAddress,
    attachExistingChildren: false, // it looks for them in `ps`, and signals them by number
    ...(root === null ? {} : { autoAttachChildProcesses: false }), // by files that are not there
  };
}
