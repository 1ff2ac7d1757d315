import type { ProcessKind } from '../../../native-host/protocol';
import { askedPort } from '../attaching/listenedPort';
import { inspectorOptions } from '../nodeInspector/inspectorOptions';
import type { StartedProgram } from './startedProgram';

/** How a runtime is told to wait for its debugger before it runs the program. */
interface Switch {
  readonly kind: ProcessKind;
  /** Of its debugger, as configurations have it. */
  readonly type: string;
  /** Another program may have that runtime in it, and take our option for its own. */
  readonly name: RegExp;
  /** At a port that the system chooses, and nobody but this machine reaches. */
  readonly option: string;
  readonly isThere: (words: readonly string[]) => boolean;
}

const switches: readonly Switch[] = [
  {
    ...{ kind: 'node', type: 'node', name: /^node(?:js)?[-\d.]*$/ },
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
  /** For the runtime, before its other words. */
  readonly option: string;
  readonly type: string;
}

/**
 * How a command is debugged from its first line on by a debugger that cannot be there before the runtime is. `uses`:
 * whether a program of that kind is debugged by that type. Undefined where it runs as it is.
 */
export function languageSwitch(
  program: StartedProgram,
  uses: (kind: ProcessKind, type: string) => boolean,
): Switched | undefined {
  const { words, kind } = program;
  const found = switches.find((one) => one.kind === kind && one.name.test(program.name ?? ''));
  if (!found || found.isThere(words) || !uses(found.kind, found.type)) return undefined;
  return { option: found.option, type: found.type };
}
