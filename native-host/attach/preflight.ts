import { HostError } from '../hostError.js';
import type { Ancestry } from '../process/ancestry.js';
import type { PidFd } from '../process/pidFd.js';
import type { AttachPreflight, ProcessRow } from '../protocol.js';
import type { EvidenceReader } from './evidenceReader.js';
import type { FactsReader } from './factsReader.js';
import type { Gdb } from './gdb.js';
import { judge } from './judge.js';

/** Whether a debugger may attach, found out without attaching one. */
export class Preflight {
  constructor(
    private readonly evidence: EvidenceReader,
    private readonly facts: FactsReader,
    private readonly gdb: Gdb,
    private readonly ancestry: Ancestry,
  ) {}

  /** All of it was read while one pidfd was held. @throws HostError Gone */
  async of(process: PidFd, row: ProcessRow, withGdb: boolean): Promise<AttachPreflight> {
    const gdb = withGdb ? await this.gdb.facts() : null;
    const evidence = await this.evidence.read(process);
    const facts = await this.facts.read(process, row);
    const guards = this.ancestry.guards(process.pid);
    if (process.isReaped()) throw new HostError('Gone', 'it has ended', { pid: process.pid, row });
    return { row, ...judge(evidence), asked: evidence.asked, guards, facts: { ...facts, gdb } };
  }
}
