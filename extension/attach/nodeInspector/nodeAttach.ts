import type { DebugConfiguration, WorkspaceFolder } from 'vscode';
import type { ProcessRow } from '../../../native-host/protocol';
import type { HostApi } from '../../../views/hostApi';
import { isKind } from '../../../views/errorData';
import { HostStartError } from '../../host/hostErrors';
import { readNumber } from '../debuggers';
import type { LaunchVariables } from '../launchVariables';
import type { Picks } from '../picks';
import { inspectorRefusals } from './inspectorTexts';
import type { OpenInspector } from './openInspector';

export interface NodeAttachParts {
  readonly host: HostApi;
  readonly picks: Pick<Picks, 'of' | 'hasEndedNow' | 'release'>;
  readonly open: (row: ProcessRow) => Promise<Pick<OpenInspector, 'websocketAddress'>>;
  readonly variables: Pick<LaunchVariables, 'resolve'>;
  readonly isWanted: (type: string) => boolean;
  /** It may have been stopped as it started, to be debugged: it must run to open an inspector. */
  readonly makeReady: (row: ProcessRow) => Promise<void>;
}

interface Found {
  readonly row: ProcessRow;
  readonly websocketAddress: string;
}

/** No native host, or no pidfds: of no process can more be said than its number. */
const isOutOfReach = (error: unknown) =>
  error instanceof HostStartError || isKind(error, 'Unsupported');

/**
 * Attaching to Node by number, as launch.json has it: js-debug would send SIGUSR1 to whoever has the number by the time,
 * and connect to whoever listens on 9229. It gets the address of the inspector of the process that is meant instead.
 */
export class NodeAttach {
  constructor(private readonly parts: NodeAttachParts) {}

  /** Before variables are replaced, which js-debug acts upon. null: cancelled. @throws ProcessError, NothingDone */
  async resolve(
    configuration: DebugConfiguration,
    folder?: WorkspaceFolder,
  ): Promise<DebugConfiguration | null> {
    const { type, request, processId, ...rest } = configuration;
    if (request !== 'attach' || processId === undefined || !this.isOurs(configuration)) {
      return configuration;
    }
    const text = await this.textOf(processId, configuration, folder);
    if (text === null) return null;
    const pid = readNumber(text);
    if (pid === undefined) return unnumbered(configuration, text);
    const found = await this.find(pid);
    if (!found) return text === processId ? configuration : { ...configuration, processId: text };
    const { row, websocketAddress } = found;
    for (const other of ['port', 'address']) delete (rest as Record<string, unknown>)[other];
    return {
      ...rest,
      type,
      request,
      websocketAddress,
      pidfdKey: row.key,
      attachExistingChildren: false,
    };
  }

  /** Elsewhere than on Linux there is nobody to ask, and js-debug does what it does. */
  private isOurs({ type, pidfdGuard }: DebugConfiguration): boolean {
    if (this.parts.host.state.kind === 'unsupported') return false;
    return pidfdGuard !== false && this.parts.isWanted(type);
  }

  /** null: nothing can be said of that number here, so js-debug attaches by it, as without us. */
  private async find(pid: number): Promise<Found | null> {
    try {
      const row = await this.meant(pid);
      await this.parts.makeReady(row);
      const { websocketAddress } = await this.parts.open(row); // a getter, which a spread would lose
      return { row, websocketAddress };
    } catch (error) {
      if (this.parts.picks.of(pid) || !isOutOfReach(error)) throw error;
      return null;
    }
  }

  /** Without variables, as far as they are known; null: cancelled. */
  private async textOf(
    processId: unknown,
    configuration: DebugConfiguration,
    folder: WorkspaceFolder | undefined,
  ): Promise<unknown> {
    const { variables } = this.parts;
    const resolved = await variables.resolve(String(processId), configuration, folder);
    if (resolved === 'unknown') return processId;
    return resolved === 'cancelled' ? null : resolved.value;
  }

  /**
   * Who was picked by that number; of one that was typed, who has it now. That a pick has ended is said once: whoever
   * means the successor starts again. @throws NothingDone
   */
  private async meant(pid: number): Promise<ProcessRow> {
    const picked = this.parts.picks.of(pid);
    if (!picked) return await this.parts.host.request('processes/find', { pid });
    if (!(await this.parts.picks.hasEndedNow(picked))) return picked;
    this.parts.picks.release(picked.key);
    throw inspectorRefusals.ended(picked);
  }
}

/** js-debug says what is nonsense; but a variable it would replace and send a signal to that number, whoever has it. */
function unnumbered(configuration: DebugConfiguration, text: unknown): DebugConfiguration {
  if (!String(text).includes('${')) return configuration;
  throw inspectorRefusals.unresolved(String(text));
}
