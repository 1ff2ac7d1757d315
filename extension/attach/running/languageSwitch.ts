import { basename } from 'node:path';
import type { ProcessKind } from '../../../native-host/protocol';
import { askedPort } from '../attaching/listenedPort';
import { inspectorOptions } from '../nodeInspector/inspectorOptions';

type Words = readonly [string, ...string[]];

/** How a runtime is told to wait for its debugger before it runs the program. */
interface Switch {
  readonly kind: ProcessKind;
  /** Of its debugger, as configurations have it. */
  readonly type: string;
  readonly name: RegExp;
  /** At a port that the system chooses, and nobody but this machine reaches. */
  readonly option: string;
  readonly isThere: (words: Words) => boolean;
}

const switches: readonly Switch[] = [
  {
    ...{ kind: 'node', type: 'node', name: /^node(?:js)?$/ },
    option: '--inspect-brk=127.0.0.1:0',
    isThere: (words) => inspectorOptions(words).fromStart,
  },
  {
    ...{ kind: 'java', type: 'java', name: /^java$/ },
    option: '-agentlib:jdwp=transport=dt_socket,server=y,suspend=y,address=127.0.0.1:0',
    isThere: (words) => askedPort('java', words) !== undefined,
  },
];

export interface Switched {
  readonly words: Words;
  readonly type: string;
}

/**
 * The same command, to be debugged from its first line on by a debugger that cannot be there before the runtime is.
 * `uses`: whether a program of that kind is debugged by that type. Undefined where it runs as it is.
 */
export function languageSwitch(
  words: Words,
  uses: (kind: ProcessKind, type: string) => boolean,
): Switched | undefined {
  const [program, ...args] = words;
  const found = switches.find(({ name }) => name.test(basename(program)));
  if (!found || found.isThere(words) || !uses(found.kind, found.type)) return undefined;
  return { words: [program, found.option, ...args], type: found.type };
}
