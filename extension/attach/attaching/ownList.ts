import type { WorkspaceConfiguration } from 'vscode';

/** Of the folder's own launch.json: what stands in settings of the user or of the whole workspace is not copied there. */
export function ownList<T>(
  launch: Pick<WorkspaceConfiguration, 'inspect'>,
  name: string,
): readonly T[] {
  const list = launch.inspect<T[]>(name)?.workspaceFolderValue ?? [];
  return Array.isArray(list) ? list : [];
}
