/** The folder that a dev container was made for, as its label has it: all that a person remembers of it. */
import { posix, win32 } from 'node:path';
import { at } from './json.js';

const longest = 256;

/** Of Windows where the engine's client runs there, also if the engine itself is on Linux. */
const ofWindows = /^(?:[A-Za-z]:|\\)\\/;

/** Its last name; null where there is none. `labels` are the engine's, whatever they are. */
export function devFolder(labels: unknown): string | null {
  const path = at(labels, 'devcontainer.local_folder');
  if (typeof path !== 'string') return null;
  const style = ofWindows.test(path) ? win32 : posix;
  return style.basename(path).slice(0, longest) || null;
}

/**
 * What the dev container CLI has every container run that it makes: singleContainer.ts and dockerCompose.ts of
 * devcontainers/cli. Says only whom it is worth asking about.
 */
export function looksLikeDevContainer(args: readonly string[]): boolean {
  return args.some((arg) => arg.startsWith('echo Container started'));
}
