/** The number of the process that is debugged, as debuggers tell it; whoever uses it must look whose it is. */

/** Of a DAP `process` event; undefined for any other message, and for what runs elsewhere. */
export function debuggeeOfMessage(message: unknown): number | undefined {
  const { type, event, body } = (message ?? {}) as Record<string, unknown>;
  if (type !== 'event' || event !== 'process') return undefined;
  const { systemProcessId, isLocalProcess, startMethod } = (body ?? {}) as Record<string, unknown>;
  if (isLocalProcess === false || startMethod === 'attach') return undefined;
  return isNumber(systemProcessId) ? systemProcessId : undefined;
}

/** VS Code's own debugger for JavaScript sends no such event, but calls its sessions `server.js [4711]`. */
export function debuggeeOfSession(type: string, name: string): number | undefined {
  const number = Number(/\[(\d{1,7})\]$/.exec(name)?.[1]);
  return /^(pwa-)?node(-terminal)?$/.test(type) && isNumber(number) ? number : undefined;
}

/** Somebody asks for an end of debugging that leaves the program running. */
export function isDetaching(message: unknown): boolean {
  const { type, command, arguments: args } = (message ?? {}) as Record<string, unknown>;
  const { terminateDebuggee } = (args ?? {}) as Record<string, unknown>;
  return type === 'request' && command === 'disconnect' && terminateDebuggee === false;
}

/** The debugger says that it is over; what it is asked from then on is only to leave. */
export function isTerminated(message: unknown): boolean {
  const { type, event } = (message ?? {}) as Record<string, unknown>;
  return type === 'event' && event === 'terminated';
}

const isNumber = (value: unknown): value is number => Number.isInteger(value) && Number(value) > 0;
