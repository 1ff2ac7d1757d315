import { execFile } from 'node:child_process';
import { assertSpareDescriptors } from '../kernel/spareDescriptors.js';
import type { ProcRoot } from '../procfs/procRoot.js';
import type { GdbFacts } from '../protocol.js';

const answerMs = 3000;
/** Gdb 13 knows extended states of at most 2696 bytes; those with AMX tiles take 11008. */
const firstThatKnowsAmx = 14;

/** The gdb on PATH, run once to say its version. */
export class Gdb {
  private asked: Promise<GdbFacts> | null = null;

  constructor(private readonly root: ProcRoot) {}

  facts(): Promise<GdbFacts> {
    this.asked ??= this.ask();
    this.asked.catch(() => (this.asked = null)); // for want of descriptors: the next one may get an answer
    return this.asked;
  }

  private async ask(): Promise<GdbFacts> {
    const version = await askVersion();
    const major = version === null ? Infinity : Number.parseInt(version);
    return { version, spoilsCalls: major < firstThatKnowsAmx && this.hasAmx() };
  }

  /** The first processor's flags are among the first 64 KiB. */
  private hasAmx(): boolean {
    return /^flags\s*:.* amx_tile( |$)/m.test(
      this.root.tryRead('cpuinfo')?.toString('latin1') ?? '',
    );
  }
}

/** @throws SysError EMFILE, ENFILE */
function askVersion(): Promise<string | null> {
  assertSpareDescriptors();
  return new Promise((resolve) => {
    const env = { ...process.env, LC_ALL: 'C' };
    const options = { env, timeout: answerMs, killSignal: 'SIGKILL' as const };
    const child = execFile('gdb', ['--version'], options, (_, out) => resolve(parseVersion(out)));
    child.stdin?.destroy();
  });
}

/** The last word of "GNU gdb (Debian 13.1-3) 13.1". */
export function parseVersion(out: string): string | null {
  return /^GNU gdb .*?(\d+(?:\.\d+)+)\S*$/m.exec(out.split('\n')[0] ?? '')?.[1] ?? null;
}
