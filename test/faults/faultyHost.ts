// A native host under its supervisor, as in VS Code, that something can befall.
import { readFileSync } from 'node:fs';
import { HostProcess } from '../../extension/host/hostProcess';
import { launch } from '../../extension/host/launch';
import { Supervisor } from '../../extension/host/supervisor';
import { systemClock, type Clock } from '../../views/clock';
import { entry } from '../support/hostClient';
import { patience } from '../support/patience';
import { procfs } from '../support/procfs';

/** As on a quiet machine. */
const slowness = Math.max(1, patience / 2);
const haste = 5;

/** Waits as much longer as this machine is slower. */
const patientClock: Clock = {
  ...systemClock,
  after: (ms, action) => systemClock.after(ms * slowness, action),
};

const words = (pid: number): string[] =>
  readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean);

/** Knows the child that runs now. */
export class FaultyHost {
  private readonly children: HostProcess[] = [];
  private readonly others = new Set(procfs.children(process.pid));
  /** What the supervisor waits for comes sooner then; its handshake does not. */
  isHurried = true;
  private readonly clock: Clock = {
    ...patientClock,
    after: (ms, action) => patientClock.after(this.isHurried ? ms / haste : ms, action),
  };
  readonly supervisor = new Supervisor({
    supported: true,
    clock: this.clock,
    log: () => undefined,
    launch: () =>
      launch({
        programs: [process.execPath],
        spawn: (program) => {
          const child = new HostProcess(program, [entry], () => undefined);
          this.children.push(child);
          return child;
        },
        log: () => undefined,
        clock: patientClock,
      }),
  });

  /** Of a host that has answered, so it is there; its own children have more words. */
  get running(): { readonly child: HostProcess; readonly pid: number } {
    const child = this.children.at(-1);
    const pid = procfs
      .children(process.pid)
      .find((one) => !this.others.has(one) && words(one).at(-1) === entry);
    if (!child || pid === undefined) throw new Error('no native host');
    return { child, pid };
  }
}
