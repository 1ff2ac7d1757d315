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
  /** The last one of these is the one that runs, when one does. */
  readonly onSpawn: (program: string) => void;
}

/** The supervisor over real processes. Starts nothing yet. */
export function createSupervisor(settings: HostSettings): Supervisor {
  const { script, nodePath, log, hostLog, onSpawn } = settings;
  return new Supervisor({
    supported: process.platform === 'linux',
    clock: systemClock,
    log,
    launch: () =>
      launch({
        programs: candidatePrograms(nodePath(), process.execPath),
        spawn: (program) => {
          onSpawn(program);
          return new HostProcess(program, [script], hostLog);
        },
        log,
      }),
  });
}
