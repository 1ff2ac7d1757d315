import { constants } from 'node:os';
import type { AttachPreflight, ProcessRow, TcpListener } from '../../../native-host/protocol';
import { systemClock, type Clock } from '../../../views/clock';
import type { HostApi } from '../../../views/hostApi';
import { aboutProcess } from '../../errors';
import { inspectorOptions, type InspectorOptions } from './inspectorOptions';
import { inspectorRefusals } from './inspectorTexts';
import { OpenInspector } from './openInspector';

const openMs = 500;
/** A program that is busy meanwhile opens it late: then somebody should know. */
const lateMs = 30_000;
const latePaceMs = 500;
const loopbacks = ['127.0.0.1', '::1', '0.0.0.0', '::'];

/**
 * Opens the inspector of a running Node, and finds the one that it really opened: by the sockets of that very process,
 * in its own network namespace. Neither its number nor a port that somebody else has can mislead it.
 */
export class NodeInspector {
  constructor(
    private readonly host: HostApi,
    private readonly withinMs = openMs,
    /** One that has opened after it was given up. */
    private readonly onLate: (inspector: OpenInspector) => void = () => undefined,
    private readonly clock: Clock = systemClock,
  ) {}

  /** One that is open already is taken as it is. @throws ProcessError, NothingDone with why and what helps */
  open(row: ProcessRow): Promise<OpenInspector> {
    return aboutProcess(row, () => this.find(row));
  }

  private async find(row: ProcessRow): Promise<OpenInspector> {
    const preflight = await this.host.request('attach/preflight', { key: row.key });
    const options = inspectorOptions(row.args, preflight.facts.nodeOptions ?? '');
    const before = await this.listeners(row);
    const likely = before.filter((one) => isLikely(one, options));
    const open = await this.firstInspector(preflight, likely, false);
    if (open) return open;
    await this.refuse(preflight, options);
    await this.host.request('signal/send', {
      key: row.key,
      signal: constants.signals.SIGUSR1,
      program: row.program,
    });
    return await this.afterSignal(preflight, before);
  }

  /** What it listens on newly; else it had an inspector where nobody would have looked, which a signal leaves alone. */
  private async afterSignal(
    preflight: AttachPreflight,
    before: readonly TcpListener[],
  ): Promise<OpenInspector> {
    const { row } = preflight;
    const until = performance.now() + this.withinMs;
    let known = before;
    while (performance.now() < until) {
      const fresh = await this.newListeners(row, known, until - performance.now());
      const open = await this.firstInspector(preflight, fresh, true);
      if (open) return open;
      known = [...known, ...fresh];
    }
    const local = before.filter(({ address }) => loopbacks.includes(address));
    const open = await this.firstInspector(preflight, local, false);
    if (open) return open;
    void this.watchLate(preflight, known).catch(() => undefined); // it has ended
    throw inspectorRefusals.swallowed(row);
  }

  private async watchLate(
    preflight: AttachPreflight,
    known: readonly TcpListener[],
  ): Promise<void> {
    const { clock } = this;
    for (const end = clock.elapsed() + lateMs; clock.elapsed() < end;) {
      await new Promise<void>((resolve) => void clock.after(latePaceMs, resolve));
      const fresh = await this.newListeners(preflight.row, known, 1);
      const open = await this.firstInspector(preflight, fresh, true);
      if (open) return this.onLate(open);
    }
  }

  private async newListeners(row: ProcessRow, known: readonly TcpListener[], ms: number) {
    const params = { key: row.key, known, withinMs: Math.max(1, Math.ceil(ms)) };
    return (await this.host.request('sockets/opened', params)).listeners;
  }

  /** Before anything is sent. */
  private async refuse({ row, facts }: AttachPreflight, options: InspectorOptions): Promise<void> {
    if (facts.catchesSigusr1 === null) throw inspectorRefusals.unreadable(row);
    if (!facts.catchesSigusr1) throw inspectorRefusals.notCaught(row);
    if (facts.stopped) throw inspectorRefusals.stopped(row);
    const { port } = options;
    if (port === 0) return;
    const { listeners, owners } = await this.host.request('sockets/owner', { port, key: row.key });
    if (!listeners.some((one) => isInTheWay(one, options))) return;
    const others = owners.filter(({ key }) => key !== row.key);
    throw inspectorRefusals.portTaken(row, port, others[0] ?? owners[0]);
  }

  private async listeners({ key, ...row }: ProcessRow): Promise<readonly TcpListener[]> {
    const { processes } = await this.host.request('sockets/listening', { keys: [key] });
    const tcp = processes[0]?.tcp;
    if (tcp && 'value' in tcp) return tcp.value;
    throw inspectorRefusals.unreadable({ key, ...row });
  }

  private async firstInspector(
    { row, facts }: AttachPreflight,
    listeners: readonly TcpListener[],
    isOurs: boolean,
  ): Promise<OpenInspector | null> {
    for (const listener of listeners) {
      const destination = { key: row.key, listener, isHere: facts.shares.net !== false };
      const open = await OpenInspector.at(this.host, row, destination, isOurs);
      if (open) return open;
    }
    return null;
  }
}

/** Where an inspector is to be expected. A program's own ports are not asked without need. */
function isLikely({ address, port }: TcpListener, options: InspectorOptions): boolean {
  if (options.port !== 0) return port === options.port;
  return options.fromStart && loopbacks.includes(address);
}

function isInTheWay({ address }: TcpListener, { host }: InspectorOptions): boolean {
  const any = ['0.0.0.0', '::'];
  return address === host || any.includes(address) || any.includes(host) || host === 'localhost';
}
