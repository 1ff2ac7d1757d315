import type { TreeView } from 'vscode';
import { l10n } from './l10n';

const attempts = 5;

/**
 * Selects a row, and opens what is above it. VS Code forgets its rows while it draws a tree anew; a request that comes
 * upon that half-way reveals nothing and is answered as if it had (mainThreadTreeViews.ts, `reveal`). So what is selected
 * by then is looked at, and it is asked again. One that was selected before tells nothing: it may stay out of sight.
 *
 * @param current of the moment; undefined once it has left the tree
 * @returns false when it has left the tree
 */
export async function revealRow<T>(
  tree: Pick<TreeView<T>, 'reveal' | 'selection'>,
  current: () => T | undefined,
): Promise<boolean> {
  let failure: unknown = new Error(
    l10n.t('the tree changes too fast for VS Code to show that row. Please try again.'),
  );
  for (let attempt = 0; attempt < attempts; attempt++) {
    const row = current();
    if (row === undefined) return false;
    const shown = tree.reveal(row, { select: true, focus: true });
    await shown.then(undefined, (error: unknown) => (failure = error));
    if (tree.selection.includes(row)) return true;
  }
  throw failure;
}
