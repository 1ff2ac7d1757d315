import type { Capabilities } from './capabilities.js';
import { HostError, toHostError } from './hostError.js';
import type { PidNamespaces } from './namespaces/pidNamespaces.js';
import type { Translator } from './namespaces/translator.js';
import type { DetailsReader } from './process/details.js';
import type { PidFd } from './process/pidFd.js';
import type { ProcessOpener } from './process/processOpener.js';
import { sendSignalTo } from './process/signals.js';
import type { Targets } from './process/targets.js';
import {
  protocolVersion,
  type InitializeResult,
  type Method,
  type Params,
  type ProcessRow,
  type Result,
  type TableSnapshot,
  type Translation,
  type World,
} from './protocol.js';
import type { ProcessTable } from './table/processTable.js';
import type { RowReader } from './table/rowReader.js';

/** What needs a procfs. */
export interface Readers {
  readonly table: ProcessTable;
  readonly rows: RowReader;
  readonly details: DetailsReader;
  readonly translator: Translator;
  readonly pidNamespaces: PidNamespaces;
}

export interface Parts {
  readonly capabilities: Capabilities;
  readonly world: World;
  readonly maxOpenFiles: number;
  readonly opener: ProcessOpener;
  readonly targets: Targets;
  /** null where there is no procfs of our own PID namespace. */
  readonly readers: Readers | null;
}

export type Handlers = {
  readonly [M in Method]: (params: Params<M>) => Result<M> | Promise<Result<M>>;
};

/** One short method a request. Parameters are checked already; what is thrown is SysError or HostError. */
export class Service {
  readonly handlers: Handlers = {
    initialize: (params) => this.initialize(params),
    'processes/subscribe': () => this.snapshot((table) => table.subscribe()),
    'processes/unsubscribe': () => this.unsubscribe(),
    'processes/refresh': () => this.refresh(),
    'processes/list': () => this.snapshot((table) => table.list()),
    'processes/details': (params) => this.details(params),
    'processes/find': (params) => this.find(params),
    'processes/open': (params) => this.open(params),
    'signal/send': (params) => this.send(params),
    'target/hold': (params) => this.hold(params),
    'target/release': (params) => this.release(params),
    'translate/numbers': (params) => this.numbers(params),
    'translate/find': (params) => this.findNumber(params),
    'namespaces/pid': () => this.readers.pidNamespaces.list(),
  };

  constructor(private readonly parts: Parts) {}

  private get readers(): Readers {
    if (this.parts.readers) return this.parts.readers;
    throw new HostError('Unsupported', 'there is no procfs of this PID namespace at /proc');
  }

  private initialize({ protocolVersion: theirs }: Params<'initialize'>): InitializeResult {
    if (theirs !== protocolVersion) {
      throw new HostError('Invalid', `protocol ${theirs} is not ${protocolVersion}`);
    }
    const { capabilities, world, maxOpenFiles } = this.parts;
    const { tier, list } = capabilities;
    return { protocolVersion, tier, capabilities: list, world, maxOpenFiles };
  }

  private async snapshot(
    read: (table: ProcessTable) => Promise<readonly ProcessRow[]>,
  ): Promise<TableSnapshot> {
    const { table } = this.readers;
    return { rows: await read(table), mode: table.mode };
  }

  private unsubscribe(): null {
    this.parts.readers?.table.unsubscribe();
    return null;
  }

  private async refresh(): Promise<null> {
    await this.readers.table.refresh();
    return null;
  }

  private async details({ key }: Params<'processes/details'>) {
    using process = this.parts.opener.byKey(key);
    return await this.readers.details.read(process, await this.row(process));
  }

  private async find({ pid }: Params<'processes/find'>): Promise<ProcessRow> {
    using process = this.parts.opener.byNumber(pid);
    return await this.row(process);
  }

  private async open({ key }: Params<'processes/open'>): Promise<ProcessRow> {
    using process = this.parts.opener.byKey(key);
    return await this.row(process);
  }

  private async send({ key, signal, program }: Params<'signal/send'>) {
    using process = this.parts.opener.byKey(key);
    const now = this.parts.readers?.rows.glance(process);
    const ended = now?.state === 'Z'; // it runs no program any more, so it has not changed it
    if (program !== undefined && now && !ended && now.program !== program) {
      const row = await this.row(process);
      throw new HostError('ProgramChanged', 'it runs another program by now', { row });
    }
    try {
      return { outcome: sendSignalTo(process, signal, ended) };
    } catch (error) {
      throw await this.explained(error, process);
    }
  }

  private async hold({ token, key }: Params<'target/hold'>) {
    const process = this.parts.opener.byKey(key);
    const { targets } = this.parts;
    targets.hold(token, process); // at once, so that a release on the heels of this request finds it
    try {
      const row = await this.row(process);
      targets.watch(token);
      return { row };
    } catch (error) {
      targets.release(token);
      throw error;
    }
  }

  private release({ token }: Params<'target/release'>): null {
    this.parts.targets.release(token);
    return null;
  }

  private async numbers({ key }: Params<'translate/numbers'>): Promise<Translation> {
    using process = this.parts.opener.byKey(key);
    return await this.translation(process, 'pidfd');
  }

  private async findNumber(params: Params<'translate/find'>): Promise<Translation | null> {
    const { translator } = this.readers;
    using process = translator.find(params.namespace, params.nsPid);
    return process && (await this.translation(process, translator.findProof));
  }

  private async translation(process: PidFd, proof: Translation['proof']): Promise<Translation> {
    const row = await this.row(process);
    return { row, numbers: this.readers.translator.numbers(process), proof };
  }

  private async row(process: PidFd): Promise<ProcessRow> {
    const row = await this.readers.rows.readOpened(process);
    if (row) return row;
    throw new HostError('Gone', 'it has ended', { pid: process.pid });
  }

  /** A refusal names whose process it is; a process that is gone has nothing left to tell. */
  private async explained(error: unknown, process: PidFd): Promise<HostError> {
    const row = await this.parts.readers?.rows.readOpened(process);
    return toHostError(error, row ? { pid: process.pid, row } : { pid: process.pid });
  }
}
