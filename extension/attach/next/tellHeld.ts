import { l10n } from '../../../views/l10n';
import type { Services } from '../../services';

/** After a reload: nobody was left standing, and whoever would have been debugged is not. */
export async function tellHeld({
  starts,
  messages,
}: Pick<Services, 'starts' | 'messages'>): Promise<void> {
  for (const name of await starts.heldNotes.takeLeft()) {
    const text = l10n.t(
      '{0} waited for a debugger when this window was closed or reloaded. It went on without one.',
      name,
    );
    void messages.info(text);
  }
}
