import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const root = path.resolve(__dirname, '../../../..');
const bundlePath = path.join(root, 'l10n/bundle.l10n.json');

function sources(folder: string): string[] {
  return fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.join(root, folder, name));
}

/** The first argument of every `l10n.t(...)`. */
function messagesIn(file: string): { messages: string[]; unreadable: string[] } {
  const source = ts.createSourceFile(
    file,
    fs.readFileSync(file, 'utf8'),
    ts.ScriptTarget.ES2022,
    true,
  );
  const messages: string[] = [];
  const unreadable: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === 'l10n.t') {
      const [first] = node.arguments;
      if (first && ts.isStringLiteralLike(first)) messages.push(first.text);
      else unreadable.push(`${file}: ${node.getText()}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { messages, unreadable };
}

describe('l10n bundle', () => {
  const found = [...sources('extension'), ...sources('views')].map(messagesIn);
  const expected = [...new Set(found.flatMap(({ messages }) => messages))].sort();

  it('has literal messages only, so that they can be translated', () => {
    assert.deepEqual(
      found.flatMap(({ unreadable }) => unreadable),
      [],
    );
  });

  it('holds exactly the sentences that the code says (UPDATE_L10N=1 writes it)', () => {
    if (process.env.UPDATE_L10N === '1') {
      const entries = Object.fromEntries(expected.map((message) => [message, message]));
      fs.writeFileSync(bundlePath, `${JSON.stringify(entries, null, 2)}\n`);
    }
    const bundle = JSON.parse(fs.readFileSync(bundlePath, 'utf8')) as Record<string, string>;
    assert.deepEqual(Object.keys(bundle).sort(), expected);
  });

  it('numbers placeholders from 0 without gaps', () => {
    for (const message of expected) {
      const numbers = [...message.matchAll(/\{(\d+)\}/g)].map((match) => Number(match[1]));
      const distinct = [...new Set(numbers)].sort((a, b) => a - b);
      assert.deepEqual(distinct, [...distinct.keys()], message);
    }
  });
});
