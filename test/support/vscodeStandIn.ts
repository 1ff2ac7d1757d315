/**
 * For unit tests of texts that are made for VS Code where there is none: imported before what imports `vscode`. Nothing
 * is shown; what its own classes would hand on can be read.
 */
import Module from 'node:module';

/** As src/vs/base/common/htmlContent.ts writes it. */
class MarkdownString {
  constructor(public value = '') {}

  appendText(text: string): this {
    const escaped = text.replace(/[\\`*_{}[\]()#+\-!~]/g, '\\$&');
    const blanks = escaped.replace(/[ \t]+/g, (all) => '&nbsp;'.repeat(all.length));
    return this.appendMarkdown(blanks.replace(/>/g, '\\>').replace(/\n/g, '\n\n'));
  }

  appendMarkdown(text: string): this {
    this.value += text;
    return this;
  }

  appendCodeblock(code: string, language = ''): this {
    const longest = Math.max(2, ...(code.match(/`+/g) ?? []).map(({ length }) => length));
    const fence = '`'.repeat(longest + 1);
    return this.appendMarkdown(`\n${fence}${language}\n${code}\n${fence}\n`);
  }
}

class ThemeIcon {
  constructor(
    readonly id: string,
    readonly color?: unknown,
  ) {}
}

class ThemeColor {
  constructor(readonly id: string) {}
}

/** Nobody listens. */
class EventEmitter {
  readonly event = () => ({ dispose: () => undefined });
}

const standIn = {
  EventEmitter,
  MarkdownString,
  ThemeIcon,
  ThemeColor,
  QuickPickItemKind: { Separator: -1, Default: 0 },
};

const loader = Module as unknown as { _load: (name: string, ...more: unknown[]) => unknown };
const load = loader._load;
loader._load = (name, ...more) => (name === 'vscode' ? standIn : load.call(Module, name, ...more));
