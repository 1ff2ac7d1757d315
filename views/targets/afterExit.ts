import { visible } from '../escape';
import { l10n } from '../l10n';

/** What a wait starts when its process has ended. All names, so that it can be stored; each is looked up when it runs. */
export type AfterExit =
  | {
      readonly kind: 'task';
      readonly name: string;
      readonly source: string;
      /** The address of its folder; null for what belongs to none. */
      readonly folder: string | null;
    }
  | { readonly kind: 'command'; readonly id: string }
  | { readonly kind: 'launch'; readonly name: string; readonly folder: string };

/** `stored` where it is one of ours; what another version left behind, or anybody wrote, is not run. */
export function readAfterExit(stored: unknown): AfterExit | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined;
  const { kind, name, source, folder, id } = stored as Record<string, unknown>;
  if (kind === 'command' && isName(id)) return { kind, id };
  if (kind === 'launch' && isName(name) && isName(folder)) return { kind, name, folder };
  if (kind !== 'task' || !isName(name) || !isName(source)) return undefined;
  return folder === null || isName(folder) ? { kind, name, source, folder } : undefined;
}

const isName = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** `task build`: for a row, and as part of a sentence. */
export function afterExitText(after: AfterExit): string {
  switch (after.kind) {
    case 'task':
      return l10n.t('task {0}', visible(after.name));
    case 'command':
      return l10n.t('command {0}', visible(after.id));
    case 'launch':
      return l10n.t('launch {0}', visible(after.name));
  }
}
