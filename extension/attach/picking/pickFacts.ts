import {
  mostSamples,
  type Container,
  type NamespaceId,
  type NamespaceMember,
  type ProcessKey,
  type ProcessKind,
  type ProcessRow,
  namespaceTypes,
} from '../../../native-host/protocol';
import { Emitter, type Disposable } from '../../../views/emitter';
import { isKind } from '../../../views/errorData';
import type { HostApi } from '../../../views/hostApi';
import type { LiveNamespaces, NamespaceViewer } from '../../../views/liveNamespaces';
import { preflightText } from '../preflightText';
import type { NamespaceWanted } from './pickArguments';

/** What tells twins apart and is not in a row. Untrusted data. */
export interface RowFacts {
  readonly cwd?: string | undefined;
  readonly container?: string | undefined;
  /** Its number in its own PID namespace, where that is not ours. */
  readonly nsPid?: number | undefined;
  /** TCP ports that it listens on, in its own network namespace. */
  readonly ports?: readonly number[] | undefined;
  /** What it is by its executable; its row has it by a name. */
  readonly kind?: ProcessKind | undefined;
  /** Why no debugger can attach, as far as that was asked. */
  readonly refusal?: string | undefined;
}

/** Looks up, while a list is open, what comes later than the list. Without a procfs there is nothing to look up. */
export class PickFacts implements Disposable {
  private readonly folders = new Map<ProcessKey, string>();
  private readonly ports = new Map<ProcessKey, readonly number[]>();
  private readonly kinds = new Map<string, ProcessKind>();
  private readonly refusals = new Map<ProcessKey, string | undefined>();
  private readonly viewer: NamespaceViewer;
  private readonly changed = new Emitter<void>();
  private readonly listening: Disposable;
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly host: HostApi,
    private readonly live: LiveNamespaces,
    private readonly log: (line: string) => void,
  ) {
    this.viewer = live.join();
    this.listening = live.onDidChange(() => this.changed.fire());
  }

  of(row: ProcessRow): RowFacts {
    const { key } = row;
    const member = this.live.store.members.get(key);
    return {
      cwd: this.folders.get(key),
      container: this.containerOf(member)?.name.text,
      nsPid: member?.nsPid ?? undefined,
      ports: this.ports.get(key),
      kind: this.kinds.get(programOf(row)),
      refusal: this.refusals.get(key),
    };
  }

  /** Resolves when it is known, or known that it cannot be. Never rejects: the list is good without. */
  async lookUp(rows: readonly ProcessRow[]): Promise<void> {
    const folders = this.lookUpFolders(rows);
    await Promise.all([folders, this.lookUpPorts(), this.viewer.want(true)]);
    this.changed.fire();
  }

  /** Their executables are read, each once a list: only for whom it decides. Never rejects. */
  async lookUpKinds(rows: readonly ProcessRow[]): Promise<void> {
    const unknown = rows.filter((row) => !this.kinds.has(programOf(row)));
    for (let start = 0; start < unknown.length; start += kindsAtOnce) {
      const some = unknown.slice(start, start + kindsAtOnce);
      await Promise.all(some.map((row) => this.guarded(() => this.lookUpKind(row))));
    }
    if (unknown.length > 0) this.changed.fire();
  }

  private async lookUpKind(row: ProcessRow): Promise<void> {
    const { kind } = await this.host.request('attach/runtime', { key: row.key });
    this.kinds.set(programOf(row), kind);
  }

  /** Asks the kernel, once a list, whether a debugger may attach. Not for everybody: it reads a lot. */
  async askKernel({ key }: ProcessRow): Promise<void> {
    if (this.refusals.has(key)) return;
    this.refusals.set(key, undefined);
    await this.guarded(async () => {
      const seen = await this.host.request('attach/preflight', { key });
      const told = seen.verdict === 'refused' ? preflightText(seen) : null;
      if (told) this.refusals.set(key, told.short);
    });
    if (this.refusals.get(key) !== undefined) this.changed.fire();
  }

  /** By name, or by the start of an id of at least four characters. */
  isIn({ key }: ProcessRow, container: string): boolean {
    const found = this.containerOf(this.live.store.members.get(key));
    if (!found) return false;
    return found.name.text === container || idStarts(found, container);
  }

  isInNamespace({ key }: ProcessRow, wanted: NamespaceWanted): boolean {
    const { store } = this.live;
    const member = store.members.get(key);
    if (!member) return false;
    if (wanted !== 'ours') {
      return namespaceTypes.some((type) => store.namespaceOf(member, type) === wanted.inode);
    }
    const own: NamespaceId | null = store.namespaceOf(member, 'pid');
    return own !== null && store.namespace('pid', own)?.isOurs === true;
  }

  dispose(): void {
    this.listening.dispose();
    this.viewer.dispose();
  }

  /** A unit of systemd has a name, and is no container. */
  private containerOf(member: NamespaceMember | undefined): Container | undefined {
    const found = member?.container ? this.live.store.containers.get(member.container) : undefined;
    return found?.name.engine === 'systemd' ? undefined : found;
  }

  private async lookUpFolders(rows: readonly ProcessRow[]): Promise<void> {
    await this.guarded(async () => {
      for (let start = 0; start < rows.length; start += mostSamples) {
        const keys = rows.slice(start, start + mostSamples).map(({ key }) => key);
        const { folders } = await this.host.request('processes/folders', { keys });
        for (const { key, cwd } of folders) if ('value' in cwd) this.folders.set(key, cwd.value);
      }
    });
  }

  private async lookUpPorts(): Promise<void> {
    await this.guarded(async () => {
      const { processes } = await this.host.request('sockets/listening', { keys: null });
      this.ports.clear();
      for (const { key, tcp } of processes) {
        if ('value' in tcp) this.ports.set(key, [...new Set(tcp.value.map(({ port }) => port))]);
      }
    });
  }

  /** Nobody asked for this, so nobody is bothered with what did not work. */
  private async guarded(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      if (!isKind(error, 'Unsupported') && !isKind(error, 'Gone')) {
        this.log(`what tells processes apart: ${String(error)}`);
      }
    }
  }
}

/** Each reads some files, and other requests wait behind them. */
const kindsAtOnce = 8;
/** A process may run another one by the time the list is read anew. */
const programOf = ({ key, program }: ProcessRow) => `${key} ${program}`;

const shortestId = 4;

const idStarts = ({ id }: Container, text: string) =>
  text.length >= shortestId && id.split(/[/:]/).some((part) => part.startsWith(text));
