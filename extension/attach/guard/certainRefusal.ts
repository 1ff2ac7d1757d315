import type { DebugConfiguration } from 'vscode';
import type { AttachPreflight, AttachReason } from '../../../native-host/protocol';
import { debuggerOf } from '../debuggers';
import { needsNoGdb } from '../debuggers/python';
import { preflightText } from '../preflightText';
import { attachNumber } from './attachNumber';
import { elsewhereText, nothingAttached, spoilsText } from './guardTexts';
import { Refusal } from './refusal';

/** No user, no right and no password changes these. */
const certain: readonly AttachReason['kind'][] = [
  'kernelThread',
  'ended',
  'firstThreadEnded',
  'traced',
];

export const isCertain = ({ reasons }: AttachPreflight): boolean =>
  reasons.some(({ kind }) => certain.includes(kind));

/**
 * What cannot end well, before it begins; undefined where a debugger may try. Whatever else the kernel refuses may be
 * granted to a debugger that asks for a password.
 */
export function certainRefusal(
  preflight: AttachPreflight,
  configuration: DebugConfiguration,
): Refusal | undefined {
  const proof = debuggerOf(configuration.type, configuration)?.proof;
  const isTracing = attachNumber(configuration) && (proof === 'tracer' || proof === 'injection');
  if (!isTracing) return undefined;
  const { row, facts } = preflight;
  if (isCertain(preflight)) {
    const said = preflightText(preflight);
    if (said) return new Refusal(`${said.text} ${nothingAttached()}`, said.tracer ?? undefined);
  }
  if (proof !== 'injection') return undefined;
  if (facts.shares.pid === false) return new Refusal(elsewhereText(row));
  const spoils = facts.gdb?.spoilsCalls === true && !needsNoGdb(row);
  return spoils ? new Refusal(spoilsText(row, facts.gdb?.version ?? '?')) : undefined;
}
