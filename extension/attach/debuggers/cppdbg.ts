import type { DebugConfiguration } from 'vscode';
import { attachTo } from './configuration';
import type { AttachTarget, Debugger } from './debugger';
import { gdbCommands, lldbCommands, nativeKinds, unlessEmpty } from './gdbFamily';

const microsoft = {
  type: 'cppdbg',
  extension: 'ms-vscode.cpptools',
  kinds: nativeKinds,
  number: { attribute: 'processId', form: 'number' },
  // Its gdb may be started in a terminal or by pkexec: whose child the tracer is says nothing.
  proof: 'tracer',
  asksForPassword: true,
  isElsewhere: ({ pipeTransport, miDebuggerServerAddress }: DebugConfiguration) =>
    Boolean(pipeTransport ?? miDebuggerServerAddress),
} as const;

export const cppdbgGdb: Debugger = {
  ...microsoft,
  variant: 'gdb',
  configure: (target) => ({
    ...configuration(target, 'gdb'),
    ...unlessEmpty('setupCommands', gdbCommands(target).map(required)),
  }),
};

export const cppdbgLldb: Debugger = {
  ...microsoft,
  variant: 'lldb',
  configure: (target) => ({
    ...configuration(target, 'lldb'),
    ...unlessEmpty('setupCommands', lldbCommands(target).map(required)),
  }),
};

/** The program is required, and looked for before anything else. */
function configuration(target: AttachTarget, MIMode: 'gdb' | 'lldb'): DebugConfiguration {
  const { program, row } = target;
  return { ...attachTo('cppdbg', target), program, processId: row.pid, MIMode };
}

const required = (text: string) => ({ text, ignoreFailures: false });
