import type { AttachTarget } from './debugger';

/** gdb goes into the other mount namespace for files, which it may not be permitted: this path works without. */
export const gdbCommands = ({ root }: AttachTarget): readonly string[] =>
  root === null ? [] : [`set sysroot ${root}`];

/** lldb has no such thing for what is on this machine: each path of a module is looked for below the root. */
export const lldbCommands = ({ root }: AttachTarget): readonly string[] =>
  root === null ? [] : [`target modules search-paths add / ${root}/`];

/** Only where there are any: adapters take an empty list as one that was set. */
export const unlessEmpty = <K extends string, T>(name: K, list: readonly T[]) =>
  (list.length === 0 ? {} : { [name]: list }) as { [P in K]?: readonly T[] };

/** What is compiled to machine code. An interpreter is such a program, too. */
export const nativeKinds = [
  'native',
  'go',
  'python',
  'node',
  'ruby',
  'java',
  'dotnet',
  'shell',
  'containerInit',
] as const;
