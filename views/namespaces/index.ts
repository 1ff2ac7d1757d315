import * as vscode from 'vscode';
import { generalCommands, views } from '../../extension/contributions';
import type { NamespaceId, NamespaceType } from '../../native-host/protocol';
import { systemClock } from '../clock';
import { setContext } from '../contextKey';
import type { HostApi } from '../hostApi';
import { l10n } from '../l10n';
import type { LiveNamespaces } from '../liveNamespaces';
import type { LiveProcesses } from '../liveProcesses';
import type { Memory } from '../memory';
import { procfsMessage } from '../procfsMessage';
import { revealRow } from '../revealRow';
import type { MoreElement, NamespacesElement } from './elements';
import { NamespacesModel, type Grouping } from './model';
import { NamespacesController } from './namespacesController';
import { NamespacesProvider } from './provider';

const memoryKey = 'namespaces.grouping';
/** Fewer are read before a line about them could be. */
const worthALine = 200;

/** The Namespaces view: processes by what they share, nested as it is. */
export class NamespacesView implements vscode.Disposable {
  readonly model: NamespacesModel;
  private readonly namespaces: LiveNamespaces;
  private readonly controller: NamespacesController;
  private readonly provider: NamespacesProvider;
  private readonly tree: vscode.TreeView<NamespacesElement>;
  private readonly parts: { dispose(): unknown }[];

  constructor(
    private readonly host: HostApi,
    live: { processes: LiveProcesses; namespaces: LiveNamespaces },
    private readonly memory: Memory,
    private readonly describeError: (error: unknown) => string,
  ) {
    this.namespaces = live.namespaces;
    this.model = new NamespacesModel(live.namespaces.store);
    this.controller = new NamespacesController(live, this.model, systemClock);
    const ownUid = () => (host.state.kind === 'ready' ? host.state.hello.world.uid : null);
    const { showMoreProcesses } = generalCommands;
    this.provider = new NamespacesProvider(this.model, host, ownUid, showMoreProcesses);
    this.tree = vscode.window.createTreeView(views.namespaces, {
      treeDataProvider: this.provider,
      showCollapseAll: true,
      canSelectMany: true,
    });
    this.parts = [
      this.controller,
      this.tree,
      this.tree.onDidCollapseElement(({ element }) => this.provider.close(element)),
      this.tree.onDidChangeVisibility(({ visible }) => this.show(visible)),
      this.controller.onDidRefresh(() => {
        this.provider.refresh();
        this.tree.message = this.message();
      }),
    ];
    this.group(memory.get<Grouping>(memoryKey) === 'container' ? 'container' : 'type');
    if (this.tree.visible) this.show(true);
  }

  async groupBy(grouping: Grouping): Promise<void> {
    this.group(grouping);
    await this.memory.update(memoryKey, grouping);
  }

  showMore({ place }: MoreElement): void {
    this.model.showAllOf(place);
    this.provider.refresh();
  }

  /** Selects a namespace in the tree; false when it is not there (any more). */
  async reveal(type: NamespaceType, id: NamespaceId): Promise<boolean> {
    await vscode.commands.executeCommand(`${views.namespaces}.focus`);
    if (this.model.grouping !== 'type') await this.groupBy('type');
    await this.controller.setVisible(true);
    await this.namespaces.comes((store) => store.namespace(type, id) !== undefined);
    this.provider.refresh();
    return revealRow(this.tree, () => this.model.namespace(type, id));
  }

  dispose(): void {
    for (const part of this.parts) part.dispose();
  }

  private show(visible: boolean): void {
    const done = this.controller.setVisible(visible);
    if (visible)
      void vscode.window.withProgress({ location: { viewId: views.namespaces } }, () => done);
    else this.provider.refreshAll();
  }

  private group(grouping: Grouping): void {
    this.model.grouping = grouping;
    setContext('pidfd.namespacesByContainer', grouping === 'container');
    this.provider.refreshAll();
  }

  /** The line above the tree: what is not sure yet. */
  private message(): string {
    if (this.host.state.kind !== 'ready') return '';
    if (this.controller.failure !== undefined) return this.describeError(this.controller.failure);
    const { provisional, members } = this.model.store;
    if (provisional < worthALine) return procfsMessage(this.host.state.hello);
    return l10n.t(
      'Reading namespaces: {0} of {1} processes',
      members.size - provisional,
      members.size,
    );
  }
}
