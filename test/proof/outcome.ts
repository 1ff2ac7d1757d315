import type { ProcessRow } from '../../native-host/protocol';
import type { Actor } from '../support/actor';
import { HostError } from '../support/hostClient';
import { Lab } from './lab';

/** What one trial came to: what was told, and what the two felt that had the number one after the other. */
export interface Outcome {
  /** The impostor felt something, or the answer was about it: must be false. */
  readonly wrong: boolean;
  readonly refused: boolean;
  /** By its wait status: it was over before anything was sent, so it felt nothing but its end. */
  readonly targetFelt: boolean;
  readonly impostorFelt: number;
}

/** null: an error that says "not that process any more". */
export async function answer(asked: Promise<ProcessRow>): Promise<ProcessRow | null> {
  try {
    return await asked;
  } catch (error) {
    const kind = error instanceof HostError ? (error.data?.kind ?? '') : '';
    if (['Gone', 'ProgramChanged'].includes(kind)) return null;
    throw error;
  }
}

export async function judge(
  target: Actor,
  impostor: Actor,
  told: ProcessRow | null,
): Promise<Outcome> {
  const impostorFelt = await impostor.askNumber('felt');
  return {
    wrong: impostorFelt > 0 || told?.comm === 'impostor',
    refused: told === null,
    targetFelt: !Lab.endedAsTold(target),
    impostorFelt,
  };
}
