import { createRequire } from 'node:module';

/** A part of what markdown-it(1) makes of a text. */
interface Token {
  readonly tag: string;
  readonly type: string;
  readonly content: string;
  readonly children: readonly Token[] | null;
}

interface MarkdownIt {
  parse(text: string, environment: object): readonly Token[];
}

type Make = new (options: { html: boolean; linkify: boolean }) => MarkdownIt;

/** What VS Code draws its previews with; here it is what vsce draws the page of an extension with. */
const Markdown = createRequire(require.resolve('@vscode/vsce'))('markdown-it') as Make;

export interface Rendered {
  /** Each once: `h1`, `p`, `a`; of HTML that would be taken over `html_inline` or `html_block`. */
  readonly tags: ReadonlySet<string>;
  /** All that is read; a blank is a blank. */
  readonly text: string;
}

const whole = (token: Token): readonly Token[] => [token, ...(token.children ?? []).flatMap(whole)];

/** At its most generous: HTML is HTML, and an address alone is a link. */
export function renderedMarkdown(text: string): Rendered {
  const tokens = new Markdown({ html: true, linkify: true }).parse(text, {}).flatMap(whole);
  const tags = tokens.map(({ tag, type }) => (type.startsWith('html') ? type : tag));
  const read = tokens.filter(({ children }) => children === null).map(({ content }) => content);
  return { tags: new Set(tags.filter(Boolean)), text: read.join('').replaceAll('\u00a0', ' ') };
}
