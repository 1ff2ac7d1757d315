import * as vscode from 'vscode';
import type { ProcessKey } from '../../native-host/protocol';
import { generalCommands, views } from '../../extension/contributions';
import { systemClock } from '../clock';
import { setContext } from '../contextKey';
import type { HostApi } from '../hostApi';
import type { LiveNamespaces } from '../liveNamespaces';
import type { LiveProcesses } from '../liveProcesses';
import type { Memory } from '../memory';
import { revealRow } from '../revealRow';
import type { Sampler } from '../usage/sampler';
import { defaultChoices, type StoredChoices } from './choices';
import { ProcessesModel } from './model';
import { MomentDecorations } from './momentDecorations';
import { ProcessElement, type RestElement, type TreeElement } from './processElement';
import { ProcessesController } from './processesController';
import { ProcessesProvider } from './provider';
import { viewDescription, viewMessage } from './viewTexts';

const memoryKey = 'processes.choices';
const loadMs = 10_000;

/** The Processes view: the tree, what is chosen to be seen in it, and the texts around it. */
export class ProcessesView implements vscode.Disposable {
  readonly controller: ProcessesController;
  private readonly provider: ProcessesProvider;
  private readonly tree: vscode.TreeView<TreeElement>;
  private readonly parts: { dispose(): unknown }[];

  constructor(
    private readonly host: HostApi,
    private readonly live: { processes: LiveProcesses; namespaces: LiveNamespaces },
    sampler: Sampler,
    private readonly memory: Memory,
    private readonly describeError: (error: unknown) => string,
  ) {
    this.controller = new ProcessesController(
      host,
      live,
      new ProcessesModel(live.namespaces.store),
      sampler,
      systemClock,
    );
    const { controller } = this;
    this.provider = new ProcessesProvider(
      controller.model,
      host,
      sampler,
      controller.usage,
      () => controller.firstRows,
      generalCommands.showMoreProcesses,
    );
    const { tree } = controller.model;
    const moments = new MomentDecorations((key) => controller.model.isNew(key));
    this.tree = vscode.window.createTreeView(views.processes, {
      treeDataProvider: this.provider,
      showCollapseAll: true,
      canSelectMany: true,
    });
    this.parts = [
      this.controller,
      this.tree,
      vscode.window.registerFileDecorationProvider(moments),
      moments,
      controller.onDidSettle((keys) => moments.settle(keys)),
      this.tree.onDidChangeSelection(({ selection }) =>
        controller.usage.attention.select(keysOf(selection)),
      ),
      this.tree.onDidCollapseElement(({ element }) => tree.setCollapsed(element, true)),
      this.tree.onDidExpandElement(({ element }) => tree.setCollapsed(element, false)),
      this.controller.onDidRefresh((what) => {
        this.provider.refresh(what);
        this.updateTexts();
      }),
      host.onDidChangeState(() => this.updateTexts()),
      this.tree.onDidChangeVisibility(({ visible }) => this.show(visible)),
    ];
    this.restoreChoices();
    if (this.tree.visible) this.show(true);
  }

  get choices(): StoredChoices {
    return this.controller.choices;
  }

  /** Throws a FilterError, and then nothing has changed. Not stored until `storeChoices`. */
  choose(choices: Partial<StoredChoices>): void {
    this.controller.choose(choices);
    this.updateContext();
  }

  async storeChoices(): Promise<void> {
    await this.memory.update(memoryKey, this.choices);
  }

  showMore(rest: RestElement): void {
    this.controller.showMore(rest);
  }

  /** Selects a process in the tree; false when it is not there (any more). */
  async reveal(key: ProcessKey): Promise<boolean> {
    await vscode.commands.executeCommand(`${views.processes}.focus`);
    await this.controller.setVisible(true);
    await this.controller.loaded(loadMs);
    if (!this.controller.uncover(key)) await this.findAfterScan(key);
    this.updateContext(); // a filter or a switch that hid it is off now
    await this.storeChoices();
    const isShown = await revealRow(this.tree, () => this.controller.model.tree.element(key));
    // VS Code's own event names nobody where the tree was being drawn anew just then.
    if (isShown) this.controller.usage.attention.select([key]);
    return isShown;
  }

  dispose(): void {
    for (const part of this.parts) part.dispose();
  }

  /** A process that was started since the last scan is not in the tree yet. */
  private async findAfterScan(key: ProcessKey): Promise<void> {
    await this.controller.refresh();
    this.controller.uncover(key);
  }

  private show(visible: boolean): void {
    const done = this.controller.setVisible(visible);
    // A bar over the view while the first rows are on their way.
    if (visible)
      void vscode.window.withProgress({ location: { viewId: views.processes } }, () => done);
  }

  private restoreChoices(): void {
    const stored = this.memory.get<StoredChoices>(memoryKey);
    try {
      this.choose({ ...defaultChoices, ...stored });
    } catch {
      this.choose(defaultChoices); // a filter of another version that this one cannot read
    }
  }

  private updateContext(): void {
    const { filter, kernelThreads, otherUsers, order, namespaceNumbers, figures } = this.choices;
    setContext('pidfd.filterActive', filter.trim() !== '');
    setContext('pidfd.kernelThreadsShown', kernelThreads);
    setContext('pidfd.otherUsersShown', otherUsers);
    setContext('pidfd.figuresShown', figures);
    setContext('pidfd.sortOrder', order);
    setContext('pidfd.namespaceNumbersShown', namespaceNumbers);
  }

  private updateTexts(): void {
    const { model, failure } = this.controller;
    const { state } = this.host;
    const hello = state.kind === 'ready' ? state.hello : undefined;
    const filter = hello && model.current.filter;
    // Where the native host is not there, the welcome text says so, and VS Code shows it only without a message.
    const error = hello && failure !== undefined ? this.describeError(failure) : undefined;
    this.tree.message = viewMessage(hello, filter, model.counts, error) ?? '';
    this.tree.description = viewDescription(hello, this.live.processes.mode);
  }
}

const keysOf = (elements: readonly TreeElement[]): readonly ProcessKey[] =>
  elements.flatMap((element) => (element instanceof ProcessElement ? element.key : []));
