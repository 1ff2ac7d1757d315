import type { ProcessRow } from '../../../native-host/protocol';
import { isKind } from '../../../views/errorData';
import type { HostApi } from '../../../views/hostApi';
import { l10n } from '../../../views/l10n';
import { NothingDone } from '../../errors';
import { anything, type PickArguments } from './pickArguments';
import type { Choice } from './pickerItems';
import { PickerSession, type PickerParts } from './pickerSession';
import type { TypedProcess } from './typedProcess';

/** Lets a person choose a process, from a list or by typing what names it. Gives the row, with its key. */
export class ProcessPicker {
  constructor(private readonly parts: PickerParts) {}

  /** Undefined when it was cancelled; throws when there is no list, or no such process. */
  async pick(
    title: string,
    wanted: PickArguments = anything,
    isForDebugger = false,
  ): Promise<ProcessRow | undefined> {
    const manner = { isForDebugger };
    const [choice] = await new PickerSession(this.parts, title, wanted, manner).run();
    return choice && this.rowOf(choice);
  }

  /** Each once, also where it was typed and ticked. Empty when it was cancelled. */
  async pickSeveral(title: string): Promise<readonly ProcessRow[]> {
    const manner = { takesSeveral: true };
    const choices = await new PickerSession(this.parts, title, anything, manner).run();
    const rows = await Promise.all(choices.map((choice) => this.rowOf(choice)));
    return [...new Map(rows.map((row) => [row.key, row])).values()];
  }

  private async rowOf(choice: Choice): Promise<ProcessRow> {
    return 'row' in choice ? choice.row : resolve(this.parts.host, choice.typed);
  }
}

async function resolve(host: HostApi, typed: TypedProcess): Promise<ProcessRow> {
  try {
    return await find(host, typed);
  } catch (error) {
    throw isKind(error, 'Gone') ? new NothingDone(noneTyped(typed)) : error;
  }
}

async function find(host: HostApi, typed: TypedProcess): Promise<ProcessRow> {
  switch (typed.kind) {
    case 'pid':
      return await host.request('processes/find', { pid: typed.pid });
    case 'key':
      return await host.request('processes/open', { key: typed.key });
    case 'port':
      return await listener(host, typed);
    case 'inside': // it would have been listed
      throw new NothingDone(noneTyped(typed));
  }
}

/** In our own network. */
async function listener(
  host: HostApi,
  typed: TypedProcess & { kind: 'port' },
): Promise<ProcessRow> {
  const { owners } = await host.request('sockets/owner', { port: typed.port });
  if (owners[0]) return owners[0];
  throw new NothingDone(noneTyped(typed));
}

/** A number may never have been anybody's; a key was. */
function noneTyped(typed: TypedProcess): string {
  switch (typed.kind) {
    case 'pid':
      return l10n.t('There is no process with pid {0}.', typed.pid);
    case 'key':
      return l10n.t('The process {0} has ended. No process was touched.', typed.key);
    case 'port':
      return l10n.t('No process that can be seen listens on port {0}.', typed.port);
    case 'inside':
      return l10n.t(
        'No container that can be seen is called "{0}" and has a process with number {1}.',
        typed.container,
        typed.nsPid,
      );
  }
}
