// The Processes view as VS Code's extension host has it, on the soak's own client, with all rows open.
import type { ProcessKey } from '../../native-host/protocol';
import { systemClock } from '../../views/clock';
import type { HostApi } from '../../views/hostApi';
import { LiveNamespaces } from '../../views/liveNamespaces';
import { LiveProcesses } from '../../views/liveProcesses';
import { ProcessesModel } from '../../views/processes/model';
import { ProcessesController } from '../../views/processes/processesController';
import type { TreeElement } from '../../views/processes/processElement';
import { Sampler } from '../../views/usage/sampler';

export class ShownView {
  readonly model: ProcessesModel;
  readonly controller: ProcessesController;
  private readonly live: { processes: LiveProcesses; namespaces: LiveNamespaces };
  private readonly sampler: Sampler;

  constructor(host: HostApi) {
    this.live = { processes: new LiveProcesses(host), namespaces: new LiveNamespaces(host) };
    this.model = new ProcessesModel(this.live.namespaces.store);
    this.sampler = new Sampler(host, systemClock, () => undefined);
    this.controller = new ProcessesController(
      ...([host, this.live, this.model, this.sampler, systemClock] as const),
    );
    this.controller.onDidRefresh(() => this.fetch());
  }

  /** Shown by the tree, as it was fetched last. */
  shows(key: ProcessKey): boolean {
    return this.model.tree.element(key) !== undefined;
  }

  dispose(): void {
    this.controller.dispose();
    this.sampler.dispose();
    this.live.processes.dispose();
    this.live.namespaces.dispose();
  }

  /** As VS Code does with a tree of which all is open. */
  private fetch(): void {
    const waiting: TreeElement[] = [...this.model.tree.roots()];
    for (let next = waiting.pop(); next; next = waiting.pop())
      waiting.push(...this.model.tree.children(next));
  }
}
