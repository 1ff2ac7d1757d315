import type { DebugConfiguration, WorkspaceFolder } from 'vscode';
import { debuggerOf } from '../debuggers';
import type { LaunchVariables } from '../launchVariables';

/** Where debuggers that we do not know have it, most of them. */
const usual = ['processId', 'pid'] as const;

/**
 * A number that comes from a list or a question is asked for here where tasks run before the session, for minutes
 * perhaps: VS Code would ask before them, too, and tell us only after. Undefined: cancelled.
 */
export async function numberBeforeTasks(
  variables: LaunchVariables,
  configuration: DebugConfiguration,
  folder: WorkspaceFolder | undefined,
): Promise<DebugConfiguration | undefined> {
  const attribute = asked(configuration);
  if (attribute === undefined || !configuration['preLaunchTask']) return configuration;
  const text = String(configuration[attribute]);
  const resolved = await variables.resolve(text, configuration, folder);
  if (resolved === 'cancelled') return undefined;
  return resolved === 'unknown'
    ? configuration
    : { ...configuration, [attribute]: resolved.value as string };
}

/** The attribute that is a variable. */
function asked(configuration: DebugConfiguration): string | undefined {
  if (configuration.request !== 'attach') return undefined;
  const known = debuggerOf(configuration.type, configuration);
  const names = known ? [known.number?.attribute ?? ''] : usual;
  return names.find((name) => /^\$\{(?:command|input):/.test(String(configuration[name])));
}
