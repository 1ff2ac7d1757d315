import type { DebugConfiguration } from 'vscode';

/** How the debugger came to the parent: by these it would come to the parent again, or to another machine. */
const waysIn = [
  ...['processId', 'pid', 'target', 'processName', 'waitFor', 'pidfdKey'],
  ...['connect', 'listen', 'host', 'hostName', 'port', 'address', 'websocketAddress', 'debugPort'],
  ...['pipeTransport', 'miDebuggerServerAddress', 'gdb-remote-port', 'gdb-remote-hostname'],
  ...['remote', 'ssh'],
];
/** What runs once for all of it. */
const tasks = ['preLaunchTask', 'postDebugTask'];

/** As the parent's, on another process; its own children are followed for the parent already. */
export function childConfiguration(
  parent: DebugConfiguration,
  own: DebugConfiguration,
  name: string,
): DebugConfiguration {
  const left = new Set([...waysIn, ...tasks]);
  const isAttached = parent.request === 'attach';
  const kept = Object.entries(isAttached ? parent : {}).filter(([one]) => !left.has(one));
  return { ...Object.fromEntries(kept), ...own, name, pidfdFollow: false };
}
