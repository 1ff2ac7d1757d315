import type { DebugConfiguration } from 'vscode';
import { largestPid } from '../../largestPid';
import { cdtGdb } from './cdtGdb';
import { coreclr } from './coreclr';
import { cppdbgGdb, cppdbgLldb } from './cppdbg';
import type { Debugger } from './debugger';
import { go } from './go';
import { java } from './java';
import { codeLldb, lldbDap } from './lldb';
import { nativeGdb, nativeLldb } from './nativeDebug';
import { node, pwaNode } from './node';
import { debugpy, python } from './python';
import { rdbg } from './rdbg';

/** All that we know how to attach with. What stands first is proposed first. */
export const debuggers: readonly Debugger[] = [
  ...[node, pwaNode, debugpy, python, go, coreclr, java, rdbg],
  ...[cppdbgGdb, codeLldb, lldbDap, cppdbgLldb, nativeGdb, cdtGdb, nativeLldb],
];

/** Of several of that type the one whose attribute the configuration has, else the first. */
export function debuggerOf(
  type: string,
  configuration: Partial<DebugConfiguration> = {},
): Debugger | undefined {
  const all = debuggers.filter((one) => one.type === type);
  return (
    all.find(({ number }) => number && configuration[number.attribute] !== undefined) ?? all[0]
  );
}

/**
 * The number in an attach configuration of any type of the table: one of this machine, as the configuration says it. A
 * number alone says nothing about whose it is. Undefined where there is none (yet), or it counts elsewhere.
 */
export function numberIn(configuration: DebugConfiguration): number | undefined {
  const found = debuggerOf(configuration.type, configuration);
  if (!found?.number || configuration.request !== 'attach') return undefined;
  if (found.isElsewhere?.(configuration)) return undefined;
  return readNumber(configuration[found.number.attribute]);
}

/** js-debug also takes PID:PORT. */
export function readNumber(value: unknown): number | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const digits = /^\s*(\d{1,7})(?::\d{1,5})?\s*$/.exec(String(value))?.[1];
  const number = Number(digits ?? 0);
  return number > 0 && number <= largestPid ? number : undefined;
}
