import type { ProcessKind } from '../../../native-host/protocol';

/** What a command becomes: `native-host.js run` looks for it where it is to be run. */
export interface StartedProgram {
  /** As its executable gets them, also where that is the interpreter of a script. */
  readonly words: readonly string[];
  /** File name of the executable. */
  readonly name: string | null;
  /** By what is in it. */
  readonly kind: ProcessKind | null;
}

/** Undefined: that is none, and it runs as it is. */
export function readStartedProgram(text: string): StartedProgram | undefined {
  try {
    const { words, name = null, kind = null } = JSON.parse(text) as Partial<StartedProgram>;
    const isWords = Array.isArray(words) && words.every((one) => typeof one === 'string');
    const areNames = [name, kind].every((one) => one === null || typeof one === 'string');
    return isWords && areNames ? { words, name, kind } : undefined;
  } catch {
    return undefined;
  }
}
