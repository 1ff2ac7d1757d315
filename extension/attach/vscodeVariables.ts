import * as vscode from 'vscode';
import { LaunchVariables, type AskedInput } from './launchVariables';

/** With what this VS Code has. */
export const vscodeVariables = (): LaunchVariables =>
  new LaunchVariables({
    run: (command, argument) => vscode.commands.executeCommand(command, argument),
    inputs: (folder) =>
      vscode.workspace.getConfiguration('launch', folder).get<unknown[]>('inputs') ?? [],
    commandOf,
    environment: (name) => process.env[name],
    setting: (name, folder) => vscode.workspace.getConfiguration(undefined, folder).get(name),
    ask,
  });

/** As its extension contributes it. */
function commandOf(type: string, name: string): string | undefined {
  const found = vscode.extensions.all
    .flatMap(({ packageJSON }) => (packageJSON as Manifest).contributes?.debuggers ?? [])
    .find((one) => one?.type === type && typeof one.variables?.[name] === 'string');
  return found?.variables?.[name];
}

interface Manifest {
  readonly contributes?: { readonly debuggers?: readonly (Contribution | null)[] };
}

interface Contribution {
  readonly type?: string;
  readonly variables?: Readonly<Record<string, string>>;
}

async function ask(input: AskedInput): Promise<string | undefined> {
  const { type, description, options } = input;
  const ignoreFocusOut = true;
  if (type === 'promptString') {
    const { default: value, password } = input;
    return await vscode.window.showInputBox({
      ...(description === undefined ? {} : { prompt: description }),
      ...(value === undefined ? {} : { value }),
      ...{ password: password === true, ignoreFocusOut },
    });
  }
  const items = (options ?? []).map((one) =>
    typeof one === 'string' ? { label: one, value: one } : { label: one.label, value: one.value },
  );
  const more = description === undefined ? {} : { placeHolder: description };
  return (await vscode.window.showQuickPick(items, { ...more, ignoreFocusOut }))?.value;
}
