/** For what shows at once, if at all. */
export const soon = { timeout: 4000 };

/**
 * VS Code closes a menu or an input when another part takes the focus, say a view that has just changed. Steps that
 * have no effect before they are complete may be gone again.
 */
export async function patiently(steps: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await steps();
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
}
