/**
 * What processes use now. All is read between opening the process by its key and asking whether it was reaped, so a
 * recycled number never lends its figures to the key of before.
 */
import { setImmediate as turn } from 'node:timers/promises';
import { HostError } from '../hostError.js';
import type { Fd } from '../kernel/fd.js';
import { clockTicksPerSecond, pageSize } from '../kernel/resources.js';
import type { PidFd } from '../process/pidFd.js';
import type { ProcessOpener } from '../process/processOpener.js';
import { parseIo } from '../procfs/io.js';
import { known, unknown } from '../procfs/known.js';
import type { ProcRoot } from '../procfs/procRoot.js';
import { parsePss } from '../procfs/pss.js';
import type { SlowReads } from '../procfs/slowReads.js';
import { parseStat, type Stat } from '../procfs/stat.js';
import type { IoBytes, Known, ProcessKey, ProcessState, ProcessUsage } from '../protocol.js';
import { CpuShares } from './cpuShares.js';

/** Read in one turn of the loop: one to two milliseconds. */
const slice = 50;
const pssLimit = 4096;

interface Reading {
  readonly stat: Stat;
  readonly io: Known<IoBytes>;
  /** Milliseconds, by a clock that nobody sets. */
  readonly at: number;
}

export class Sampler {
  private readonly shares = new CpuShares();
  private readonly msPerTick = 1000 / clockTicksPerSecond();
  private readonly pageBytes = pageSize();

  constructor(
    private readonly opener: ProcessOpener,
    private readonly root: ProcRoot,
    private readonly slow: SlowReads,
    private readonly onSeen: (pid: number, state: ProcessState) => void = () => undefined,
  ) {}

  /** In the order of `keys`, without those that have ended. @throws HostError Exhausted */
  async sample(keys: readonly ProcessKey[]): Promise<ProcessUsage[]> {
    const usages: ProcessUsage[] = [];
    for (const [index, key] of keys.entries()) {
      if (index > 0 && index % slice === 0) await turn(); // others are not kept waiting by many keys
      const usage = this.usage(key);
      if (usage) usages.push(usage);
    }
    return usages;
  }

  /**
   * Proportional set size in bytes: a page that n processes share counts as an n-th. The kernel walks all its memory and
   * holds its mmap lock meanwhile, so that is off the loop and has a deadline.
   * @throws HostError Gone
   */
  async pss(process: PidFd): Promise<Known<number>> {
    const stat = process.whileAlive((pid) => this.stat(pid));
    if (stat && !hasMemory(stat)) return unknown('unsupported');
    let file: Known<Fd> = unknown('timeout');
    const bytes = await this.slow.read(() => {
      file = known(() => this.root.open(`${process.pid}/smaps_rollup`));
      return 'value' in file ? file.value : null;
    }, pssLimit);
    if (process.isReaped()) throw new HostError('Gone', 'it has ended', { pid: process.pid });
    if (bytes) return pssOf(bytes);
    return process.hasExited() ? unknown('gone') : whyNot(file);
  }

  private usage(key: ProcessKey): ProcessUsage | null {
    using process = this.tryOpen(key);
    const reading = process?.whileAlive((pid) => this.read(pid));
    if (!reading) return null;
    const { stat, io, at } = reading;
    this.onSeen(stat.pid, stat.state);
    const cpu = this.shares.take(key, stat.cpuTicks * this.msPerTick, at);
    return { key, cpu, rss: stat.residentPages * this.pageBytes, threads: stat.threads, io };
  }

  private tryOpen(key: ProcessKey): PidFd | null {
    try {
      return this.opener.byKey(key);
    } catch (error) {
      if (HostError.is(error, 'Gone')) return null;
      throw error;
    }
  }

  private read(pid: number): Reading | null {
    const at = performance.now();
    const stat = this.stat(pid);
    return stat && { stat, io: known(() => parseIo(this.root.read(`${pid}/io`))), at };
  }

  private stat(pid: number): Stat | null {
    const bytes = this.root.tryRead(`${pid}/stat`);
    return bytes && parseStat(bytes);
  }
}

/** Zombies have let go of it, and kernel threads never had any. */
function hasMemory({ state, kernelThread }: Stat): boolean {
  return !kernelThread && state !== 'Z' && state !== 'X';
}

function pssOf(bytes: Buffer): Known<number> {
  const value = parsePss(bytes);
  return value === null ? unknown('unsupported') : { value };
}

const whyNot = (file: Known<Fd>): Known<number> => ('value' in file ? unknown('timeout') : file);
