import type { NextPattern } from '../../../native-host/protocol';
import { l10n } from '../../../views/l10n';

/** As a person types it: a name, a path, or a regular expression between slashes. Throws an `Error` with what is wrong. */
export function parseNextPattern(typed: string): NextPattern {
  const text = typed.trim();
  if (text === '') throw new Error(l10n.t('Type a name, a path, or /a regular expression/.'));
  const source = /^\/(.+)\/$/.exec(text)?.[1];
  if (source !== undefined) return regex(source);
  if (text.startsWith('/')) return { kind: 'executable', path: text };
  if (!text.includes('/')) return { kind: 'name', name: text };
  throw new Error(l10n.t('A path begins with /, as the kernel names it.'));
}

/** The native host compiles it the same way. */
function regex(source: string): NextPattern {
  try {
    new RegExp(source, 'u');
    return { kind: 'regex', source };
  } catch (error) {
    throw new Error(l10n.t('No regular expression: {0}', (error as Error).message), {
      cause: error,
    });
  }
}

/** As it would be typed. */
export function patternText(pattern: NextPattern): string {
  switch (pattern.kind) {
    case 'name':
      return pattern.name;
    case 'executable':
      return pattern.path;
    case 'regex':
      return `/${pattern.source}/`;
    case 'any':
      return l10n.t('any');
  }
}
