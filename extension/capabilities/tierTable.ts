import type { IdentityTier } from '../../native-host/protocol';
import { l10n } from '../../views/l10n';

interface TierText {
  readonly name: string;
  readonly needs: string;
  readonly proves: string;
}

/** The best first: a machine has the first whose needs it meets. */
function tierTexts(): Readonly<Record<IdentityTier, TierText>> {
  return {
    handle: {
      name: l10n.t('handle'),
      needs: l10n.t('pidfs file handles and PIDFD_GET_INFO (Linux 6.17)'),
      proves: l10n.t(
        'A process is opened by its pidfs handle, no number is involved. What you click is what you hit, always.',
      ),
    },
    inode: {
      name: l10n.t('inode'),
      needs: l10n.t('pidfs (Linux 6.9)'),
      proves: l10n.t(
        'A process is opened by number and its pidfs inode compared before anything is done. What you click is what you hit, always.',
      ),
    },
    startTime: {
      name: l10n.t('start time'),
      needs: l10n.t('pidfd_open (Linux 5.3) and /proc'),
      proves: l10n.t(
        'A process is opened by number and its start time compared. A successor that got the same number within the same 10 ms would not be told apart.',
      ),
    },
    none: {
      name: l10n.t('none'),
      needs: l10n.t('nothing'),
      proves: l10n.t('There are no pidfds, so nothing is acted on: the tree is read-only.'),
    },
  };
}

/** All tiers as a table in Markdown, with the one that this machine has marked. */
export function tierTable(current: IdentityTier): string {
  const head = [l10n.t('Tier'), l10n.t('Needs'), l10n.t('How a process is reached')];
  const rows = Object.entries(tierTexts()).map(([tier, { name, needs, proves }]) => [
    tier === current ? `**${l10n.t('{0}: this machine', name)}**` : name,
    needs,
    proves,
  ]);
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}
