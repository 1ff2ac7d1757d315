import type { NamespaceId, ProcessRow } from '../../../native-host/protocol';
import { isKind } from '../../../views/errorData';
import type { HostApi } from '../../../views/hostApi';

/** Who has the number by which a process was meant, after its end: ours, or the one that it had in its own container. */
export class Successor {
  /** Asked while the process is there: its PID namespace outlives it. */
  private readonly namespace: Promise<NamespaceId | null>;

  constructor(
    private readonly host: HostApi,
    private readonly row: ProcessRow,
    /** null: it was not meant by a number. */
    private readonly pid: number | null,
  ) {
    const isOurs = pid === null || pid === row.pid;
    this.namespace = isOurs ? Promise.resolve(null) : this.namespaceOf(pid);
  }

  /** null: nobody that can be seen. */
  async find(): Promise<ProcessRow | null> {
    const { pid, row } = this;
    if (pid === null) return null;
    return await this.ownerOf(pid === row.pid ? pid : await this.outside(pid));
  }

  private async ownerOf(pid: number | null): Promise<ProcessRow | null> {
    if (pid === null) return null;
    try {
      return await this.host.request('processes/find', { pid });
    } catch (error) {
      if (isKind(error, 'Gone') || isKind(error, 'NotAProcess')) return null;
      throw error;
    }
  }

  /** Never rejects: where that cannot be told, nobody can be found. */
  private async namespaceOf(nsPid: number): Promise<NamespaceId | null> {
    try {
      const { numbers } = await this.host.request('translate/numbers', { key: this.row.key });
      return numbers.find((one) => one.nsPid === nsPid)?.namespace ?? null;
    } catch {
      return null;
    }
  }

  private async outside(nsPid: number): Promise<number | null> {
    const namespace = await this.namespace;
    if (namespace === null) return null;
    const source = { kind: 'namespace', namespace } as const;
    const item = { numbers: [nsPid], source, target: { kind: 'ours' } } as const;
    const { results } = await this.host.request('translate/batch', { items: [item] });
    const answer = results[0] && 'answers' in results[0] ? results[0].answers[0] : undefined;
    return typeof answer === 'number' ? answer : null;
  }
}
