import { HostError } from '../hostError.js';
import type { Fd } from '../kernel/fd.js';
import type { ProcessOpener } from '../process/processOpener.js';
import type { SlowReads } from '../procfs/slowReads.js';
import type { NamespaceRef, ProcessKey } from '../protocol.js';
import { openNsfsFile } from './nsfsFile.js';
import type { PidNamespaceFds } from './pidNamespaceFds.js';

/** Who knows containers by name. */
export interface ContainerNames {
  /** A process of each container that has this name or id; several containers may share a name. */
  processesOf(name: string): readonly ProcessKey[] | Promise<readonly ProcessKey[]>;
}

/** Opens the PID namespace that a client means. */
export class NamespaceResolver {
  /** Handed in by who knows them. */
  containers: ContainerNames | null = null;

  constructor(
    private readonly opener: ProcessOpener,
    private readonly namespaces: PidNamespaceFds,
    private readonly slow: SlowReads,
  ) {}

  /** The caller closes it. @throws HostError Gone, Denied, Exhausted, Invalid, Unsupported */
  async open(ref: NamespaceRef): Promise<Fd> {
    switch (ref.kind) {
      case 'ours':
        return this.namespaces.own();
      case 'process':
        return this.ofProcess(ref.key);
      case 'namespace':
        return this.namespaces.byId(ref.namespace);
      case 'container':
        return this.ofProcess(await this.processOf(ref.name));
      case 'path':
        return await openNsfsFile(ref.path, this.slow);
    }
  }

  private ofProcess(key: ProcessKey): Fd {
    using process = this.opener.byKey(key);
    return this.namespaces.require(process);
  }

  private async processOf(name: string): Promise<ProcessKey> {
    if (!this.containers)
      throw new HostError('Unsupported', 'containers are not known by name here');
    const [first, ...more] = await this.containers.processesOf(name);
    if (first === undefined) throw new HostError('Gone', `no container is called ${name}`);
    if (more.length > 0) throw new HostError('Invalid', `several containers are called ${name}`);
    return first;
  }
}
