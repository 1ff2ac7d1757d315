import type { DebugConfiguration, WorkspaceFolder } from 'vscode';
import { fieldsOf } from '../../views/fieldsOf';

/** Where the values of variables come from. */
export interface VariableSources {
  /** Runs a command of VS Code. */
  readonly run: (command: string, argument: unknown) => PromiseLike<unknown>;
  /** `inputs` of launch.json. */
  readonly inputs: (folder: WorkspaceFolder | undefined) => readonly unknown[];
  /** What a type of debugger calls a command in its configurations. */
  readonly commandOf: (type: string, name: string) => string | undefined;
  readonly environment: (name: string) => string | undefined;
  readonly setting: (name: string, folder: WorkspaceFolder | undefined) => unknown;
  /** For a text, or for one of several. Undefined: cancelled. */
  readonly ask: (input: AskedInput) => PromiseLike<string | undefined>;
}

export interface AskedInput {
  readonly type: 'promptString' | 'pickString';
  readonly description?: string;
  readonly default?: string;
  readonly password?: boolean;
  readonly options?: readonly (string | { readonly label: string; readonly value: string })[];
}

/** `unknown`: no variable that is known here. */
export type Resolved = { readonly value: unknown } | 'cancelled' | 'unknown';

/** Replaces a variable that is all of a value in launch.json, as VS Code does where that is too late. */
export class LaunchVariables {
  constructor(private readonly from: VariableSources) {}

  async resolve(
    text: string,
    configuration: DebugConfiguration,
    folder: WorkspaceFolder | undefined,
  ): Promise<Resolved> {
    const [, kind, name = ''] = /^\s*\$\{(command|input|env|config):([^}]+)\}\s*$/.exec(text) ?? [];
    switch (kind) {
      case 'command':
        return this.command(name, configuration);
      case 'input':
        return await this.input(name, folder);
      case 'env':
        return { value: this.from.environment(name) ?? '' };
      case 'config':
        return { value: this.from.setting(name, folder) };
      default:
        return 'unknown';
    }
  }

  private async command(name: string, configuration: DebugConfiguration): Promise<Resolved> {
    const command = this.from.commandOf(configuration.type, name) ?? name;
    return given(await this.from.run(command, configuration));
  }

  private async input(id: string, folder: WorkspaceFolder | undefined): Promise<Resolved> {
    const found = this.from.inputs(folder).find((one) => fieldsOf(one)['id'] === id);
    const { type, command, args } = fieldsOf(found);
    if (type === 'command' && typeof command === 'string') {
      return given(await this.from.run(command, args));
    }
    if (type !== 'promptString' && type !== 'pickString') return 'unknown';
    return given(await this.from.ask(found as AskedInput));
  }
}

const given = (value: unknown): Resolved =>
  value === undefined || value === null || value === '' ? 'cancelled' : { value };
