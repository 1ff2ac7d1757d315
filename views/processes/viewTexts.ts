import type { InitializeResult, TableMode } from '../../native-host/protocol';
import { messageText } from '../escape';
import { l10n } from '../l10n';
import { procfsMessage } from '../procfsMessage';
import type { Filter } from './filter';

export interface Counts {
  readonly matched: number;
  readonly total: number;
}

type ShownFilter = Pick<Filter, 'text' | 'isTooSlow'>;

function filterText({ text, isTooSlow }: ShownFilter, { matched, total }: Counts): string {
  const shown = messageText(text);
  return isTooSlow
    ? l10n.t('Filter "{0}" takes too long on these processes: all are shown', shown)
    : l10n.t('Filter "{0}": {1} of {2} processes', shown, matched, total);
}

function tierText({ tier }: InitializeResult): string | undefined {
  if (tier === 'none') return l10n.t('Read-only: this kernel or container has no pidfds.');
  if (tier === 'startTime') return l10n.t('Processes are checked by start time only.');
  return undefined;
}

/** The line above the tree: what is left out, and what cannot be kept. Undefined when all is as it should be. */
export function viewMessage(
  hello: InitializeResult | undefined,
  filter: ShownFilter | undefined,
  counts: Counts,
  failure: string | undefined,
): string | undefined {
  const about = hello && [tierText(hello), procfsMessage(hello)];
  const lines = [failure, filter && filterText(filter, counts), ...(about ?? [])];
  return lines.filter(Boolean).join(' · ') || undefined;
}

/** How fresh the rows are. */
function modeText(mode: TableMode): string {
  if (mode.kind === 'events') return l10n.t('told by the kernel');
  const seconds = [mode.shortestMs, mode.longestMs].map((ms) => Math.round(ms / 1000));
  const [shortest = 0, longest = 0] = seconds;
  return mode.reason === 'silence'
    ? l10n.t('read every {0} to {1} s because the kernel tells no more', shortest, longest)
    : l10n.t('read every {0} to {1} s because the kernel tells nothing here', shortest, longest);
}

/** Beside the view's title: which processes these are, and how fresh they are. */
export function viewDescription(
  hello: InitializeResult | undefined,
  mode: TableMode | undefined,
): string {
  const parts = [hello && worldText(hello), mode && modeText(mode)];
  return parts.filter(Boolean).join(' · ');
}

/** Which processes these are, when they are not all of the machine's. */
export function worldText({ world }: InitializeResult): string | undefined {
  switch (world.kind) {
    case 'container':
      return l10n.t('showing the processes of this container');
    case 'wsl':
      return l10n.t('showing the processes of this WSL distribution');
    case 'flatpak':
      return l10n.t('showing the processes of this Flatpak sandbox');
    case 'snap':
      return l10n.t('showing the processes of this Snap sandbox');
    case 'host':
      return world.nestedPidNamespace
        ? l10n.t('showing the processes of this PID namespace')
        : undefined;
  }
}
