import { HostError } from '../hostError.js';
import type { Translator } from '../namespaces/translator.js';
import { parseArgs, type Args } from '../procfs/args.js';
import { readExe } from '../procfs/exe.js';
import { known, unknown } from '../procfs/known.js';
import { parseNamespaceLink } from '../procfs/namespaceLink.js';
import type { ProcRoot } from '../procfs/procRoot.js';
import type { SlowReads } from '../procfs/slowReads.js';
import { parseStat } from '../procfs/stat.js';
import {
  namespaceTypes,
  type Known,
  type NamespaceId,
  type NamespaceType,
  type ProcessDetails,
  type ProcessRow,
} from '../protocol.js';
import type { PidFd } from '../process/pidFd.js';

const argsLimit = 256 * 1024;

/** Everything about one process that is worth a look but not worth reading for each row. */
export class DetailsReader {
  constructor(
    private readonly root: ProcRoot,
    private readonly slow: SlowReads,
    private readonly translator: Translator,
  ) {}

  /** @throws HostError Gone: it was reaped before all of it was read, so some may be another process' */
  async read(process: PidFd, row: ProcessRow): Promise<ProcessDetails> {
    const directory = String(process.pid);
    const exe = known(() => readExe(this.root, process.pid));
    const args = await this.args(`${directory}/cmdline`);
    const details = {
      row,
      args: args === null ? unknown('timeout') : { value: args.args },
      argsCut: args?.cut ?? false,
      exe: 'value' in exe ? { value: exe.value.path } : exe,
      exeDeleted: 'value' in exe && exe.value.deleted,
      cwd: known(() => this.root.link(`${directory}/cwd`)),
      namespaces: this.namespaces(directory),
      numbers: known(() => this.translator.numbers(process)),
      threads: this.threads(directory),
    };
    if (process.isReaped()) throw new HostError('Gone', 'it has ended', { pid: process.pid, row });
    return details;
  }

  private async args(path: string): Promise<Args | null> {
    const bytes = await this.slow.read(() => this.root.tryOpen(path), argsLimit);
    return bytes && parseArgs(bytes, argsLimit);
  }

  private namespaces(directory: string): ProcessDetails['namespaces'] {
    const entries = namespaceTypes.map((type) => [type, this.namespace(directory, type)]);
    return Object.fromEntries(entries) as Record<NamespaceType, Known<NamespaceId>>;
  }

  private namespace(directory: string, type: NamespaceType): Known<NamespaceId> {
    const link = known(() => this.root.link(`${directory}/ns/${type}`));
    if (!('value' in link)) return link;
    const value = parseNamespaceLink(link.value);
    return value === null ? unknown('unsupported') : { value };
  }

  private threads(directory: string): number | null {
    const bytes = this.root.tryRead(`${directory}/stat`);
    const stat = bytes && parseStat(bytes);
    return stat ? stat.threads : null;
  }
}
