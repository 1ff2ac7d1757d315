import type { DebugConfiguration } from 'vscode';
import { debuggerOf, numberIn, readNumber } from '../debuggers';

export interface AttachNumber {
  readonly pid: number;
  readonly attribute: string;
}

/** Where debuggers that we do not know have it, most of them. */
const usual = ['processId', 'pid'] as const;
/** What they have beside it where it counts elsewhere. */
const elsewhere = [
  ...['pipeTransport', 'host', 'hostName', 'address', 'connect', 'debugServer'],
  ...['remote', 'remoteHost', 'ssh'],
] as const;

/** The number by which an attach configuration of any type means a process of this machine. */
export function attachNumber(configuration: DebugConfiguration): AttachNumber | undefined {
  if (configuration.request !== 'attach') return undefined;
  const known = debuggerOf(configuration.type, configuration);
  if (!known) return usualNumber(configuration);
  const pid = numberIn(configuration);
  return pid === undefined || !known.number ? undefined : { pid, ...known.number };
}

/** The number by which a debugger that runs elsewhere means a process: in its container, or on another machine. */
export function numberElsewhere(configuration: DebugConfiguration): number | undefined {
  if (configuration.request !== 'attach' || attachNumber(configuration)) return undefined;
  const known = debuggerOf(configuration.type, configuration);
  const names = known ? [known.number?.attribute ?? ''] : usual;
  return names.map((name) => readNumber(configuration[name])).find((pid) => pid !== undefined);
}

function usualNumber(configuration: DebugConfiguration): AttachNumber | undefined {
  if (elsewhere.some((name) => configuration[name] !== undefined)) return undefined;
  for (const attribute of usual) {
    const pid = readNumber(configuration[attribute]);
    if (pid !== undefined) return { pid, attribute };
  }
  return undefined;
}

/** The number as its debugger takes it: `${command:}` gives text, and some take only that, others only numbers. */
export function inItsForm(configuration: DebugConfiguration): DebugConfiguration {
  const number = debuggerOf(configuration.type, configuration)?.number;
  if (!number || configuration.request !== 'attach') return configuration;
  const { attribute, form } = number;
  const value: unknown = configuration[attribute];
  if (form === 'text' && typeof value === 'number') {
    return { ...configuration, [attribute]: String(value) };
  }
  if (form === 'number' && typeof value === 'string' && /^\s*\d+\s*$/.test(value)) {
    return { ...configuration, [attribute]: Number(value) };
  }
  return configuration;
}
