import { attachTo } from './configuration';
import type { AttachTarget, Debugger } from './debugger';
import { lldbCommands, nativeKinds, unlessEmpty } from './gdbFamily';

const withLldb = {
  kinds: nativeKinds,
  number: { attribute: 'pid', form: 'number' },
  proof: 'tracer',
} as const;

export const codeLldb: Debugger = {
  ...withLldb,
  type: 'lldb',
  extension: 'vadimcn.vscode-lldb',
  configure: (target) => ({ ...attachTo('lldb', target), ...byNumber(target) }),
};

export const lldbDap: Debugger = {
  ...withLldb,
  type: 'lldb-dap',
  extension: 'llvm-vs-code-extensions.lldb-dap',
  isElsewhere: (configuration) =>
    ['gdb-remote-port', 'gdb-remote-hostname', 'debugAdapterHostname'].some(
      (name) => configuration[name] !== undefined,
    ),
  configure: (target) => ({ ...attachTo('lldb-dap', target), ...byNumber(target) }),
};

/** Without the program lldb takes the path that the process has for it, which elsewhere is nothing or another file. */
function byNumber(target: AttachTarget) {
  const { program, row } = target;
  return { program, pid: row.pid, ...unlessEmpty('preRunCommands', lldbCommands(target)) };
}
