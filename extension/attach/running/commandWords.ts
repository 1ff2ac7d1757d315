import { l10n } from '../../../views/l10n';

/**
 * A command line as its words: quotes and backslashes as sh(1) has them, and nothing else of it. No variables, no
 * patterns, no pipes: those who want a shell name it. Throws an `Error` with what is wrong.
 */
export function commandWords(text: string): readonly [string, ...string[]] {
  const words = text.trim().startsWith('[') ? jsonWords(text) : split(text);
  const [program, ...args] = words;
  if (!program) throw new Error(l10n.t('Type a program and its arguments.'));
  if (words.some((word) => word.includes('\0'))) throw new Error(l10n.t('A word has no NUL.'));
  return [program, ...args];
}

function jsonWords(text: string): string[] {
  try {
    const list: unknown = JSON.parse(text);
    if (Array.isArray(list) && list.every((one) => typeof one === 'string')) return list;
  } catch {
    // said below
  }
  throw new Error(l10n.t('["program", "argument", ...] must be JSON.'));
}

const piece = /\s+|'([^']*)'|"((?:[^"\\]|\\[^])*)"|\\([^])|([^\s'"\\]+)/y;

function split(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  piece.lastIndex = 0;
  while (piece.lastIndex < text.length) {
    const match = piece.exec(text);
    if (!match) throw new Error(l10n.t('A quotation mark or backslash has no counterpart.'));
    const [, single, double, escaped, plain] = match;
    const part = single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? escaped ?? plain;
    if (part !== undefined) word = (word ?? '') + part;
    else if (word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }
  return word === undefined ? words : [...words, word];
}
