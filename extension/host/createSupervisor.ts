import { systemClock } from '../../views/clock';
import { HostProcess } from './hostProcess';
import { candidatePrograms, launch } from './launch';
import { Supervisor } from './supervisor';

export interface HostSettings {
  /** The native host's bundle. */
  readonly script: string;
  /** Read for each start, so that a changed setting needs only a retry. */
  readonly nodePath: () => string;
  /** A line of our own for the log, and one that the native host wrote on its stderr. */
  readonly log: (line: string) => void;
  readonly hostLog: (line: string) => void;
}

/** The supervisor over real processes. Starts nothing yet. */
export function createSupervisor({ script, nodePath, log, hostLog }: HostSettings): Supervisor {
  return new Supervisor({
    supported: process.platform === 'linux',
    clock: systemClock,
    log,
    launch: () =>
      launch({
        programs: candidatePrograms(nodePath(), process.execPath),
        spawn: (program) => new HostProcess(program, [script], hostLog),
        log,
      }),
  });
}
