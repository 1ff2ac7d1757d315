/**
 * What processes say about themselves is data. Each place that shows text has its own traps; one function for each.
 */

const shortNames: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\x1b': '\\e',
  '\0': '\\0',
};

// Controls, formats (bidi overrides, zero width), line separators, lone surrogates: what is not seen as what it is.
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return shortNames[character] ?? `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

/** One line in which every character can be seen: for tree labels and wherever text stays text. */
export function visible(text: string): string {
  return text.replace(invisible, escapeCharacter);
}

/** For notifications, dialogs and view messages, which make links of `[text](address)`. */
export function messageText(text: string): string {
  return visible(text).replaceAll('](', '] (');
}

/** For quick picks, the status bar and titles of terminals, which draw `$(name)` as an icon. */
export function quickPickText(text: string): string {
  return visible(text).replaceAll('$(', '\\$(');
}

/** For debug configurations, in which VS Code replaces `${name}` and runs `${command:name}`: it cannot be told not to. */
export function configurationText(text: string): string {
  return visible(text).replaceAll('${', '$ {');
}

/**
 * For Markdown that we put together ourselves. Blanks at its start would make code of what begins a paragraph, and at
 * either end keep `**` from making it bold.
 */
export function markdownText(text: string): string {
  const escaped = visible(text).replace(/[\\`*_{}[\]()#+\-.!~|<>&$:]/g, '\\$&');
  return escaped.replace(/^ +| +$/g, (blanks) => '&nbsp;'.repeat(blanks.length));
}
