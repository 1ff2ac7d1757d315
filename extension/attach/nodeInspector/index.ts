import type { DebugConfiguration } from 'vscode';
import type { ProcessRow } from '../../../native-host/protocol';
import { systemClock } from '../../../views/clock';
import type { Disposable } from '../../../views/emitter';
import type { HostApi } from '../../../views/hostApi';
import { l10n } from '../../../views/l10n';
import { aboutProcess } from '../../errors';
import { offer } from '../../offer';
import type { Services } from '../../services';
import { followSessions } from '../bridged/followSessions';
import { KeptForSessions } from '../bridged/keptForSessions';
import { stillOpenText } from './inspectorTexts';
import { NodeInspector } from './nodeInspector';
import type { OpenInspector } from './openInspector';

type Needed = Pick<Services, 'messages' | 'log'>;

/** Inspectors of running Nodes for debug sessions: opened before, and after the last one offered to be closed. */
export class Inspectors implements Disposable {
  private readonly opener: NodeInspector;
  private readonly kept: KeptForSessions<OpenInspector>;
  private readonly parts: readonly Disposable[];

  constructor(host: HostApi, services: Needed) {
    this.opener = new NodeInspector(host, undefined, (late) => void offerLate(services, late));
    const warn = (line: string) => services.log.warn(line);
    this.kept = new KeptForSessions(systemClock, warn, async (inspector) => {
      if (inspector.isOurs && (await inspector.isStillOpen())) offerClose(services, inspector);
    });
    this.parts = [this.kept, followSessions(this.kept, addressIn)];
  }

  /**
   * Its `websocketAddress` is for the configuration of a session that is about to start. The way to it is let go by
   * itself after the session, or where none starts. @throws ProcessError, NothingDone with why and what helps
   */
  async open(row: ProcessRow): Promise<OpenInspector> {
    const inspector = await this.opener.open(row);
    this.kept.keep(inspector.websocketAddress, inspector);
    return inspector;
  }

  dispose(): void {
    for (const part of this.parts) part.dispose();
  }
}

function addressIn({ websocketAddress }: DebugConfiguration): string | undefined {
  return typeof websocketAddress === 'string' ? websocketAddress : undefined;
}

/** It was given up, and nobody uses it. */
async function offerLate(services: Needed, inspector: OpenInspector): Promise<void> {
  await inspector.release();
  offerClose(services, inspector);
}

/** Other debuggers may be on it as well: they lose it, too. */
function offerClose(services: Needed, inspector: OpenInspector): void {
  const close = () => aboutProcess(inspector.row, () => inspector.close());
  void offer(services, 'info', stillOpenText(inspector), {
    title: l10n.t('Close Inspector'),
    run: close,
  });
}
