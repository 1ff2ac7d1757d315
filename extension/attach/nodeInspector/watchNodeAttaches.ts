import * as vscode from 'vscode';
import type { Disposable } from '../../../views/emitter';
import { describeError } from '../../errors';
import type { Services } from '../../services';
import { node } from '../debuggers/node';
import { vscodeVariables } from '../vscodeVariables';
import { letRun } from '../next/letRun';
import { NodeAttach } from './nodeAttach';

/** Both names of VS Code's debugger for JavaScript: it changes one into the other. */
const types = ['node', 'pwa-node'];

/** Joins it to VS Code's debugging. */
export function watchNodeAttaches(services: Services): Disposable {
  const { host, picks, inspectors, messages, readSetting } = services;
  const attach = new NodeAttach({
    ...{ host, picks },
    open: (row) => inspectors.open(row),
    variables: vscodeVariables(),
    makeReady: (row) => letRun(services, row, node),
    isWanted: (type) => readSetting('pidfd.attach.guard')[type] !== false,
  });
  const resolveDebugConfiguration = async (
    folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ) => {
    try {
      return (await attach.resolve(configuration, folder)) ?? undefined;
    } catch (error) {
      void messages.error(describeError(error).text); // not waited for: VS Code waits for us
      return undefined;
    }
  };
  const parts = types.map((type) =>
    vscode.debug.registerDebugConfigurationProvider(type, { resolveDebugConfiguration }),
  );
  return { dispose: () => parts.forEach((part) => void part.dispose()) };
}
