import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import * as ts from 'typescript';
import { errorCodes, methods, notifications } from '../../../native-host/protocol';

// The suites run in the project's folder: compiled tests lie elsewhere than their sources.
const page = readFileSync('docs/protocol.md', 'utf8');
const folder = 'native-host/protocol';
const sources = readdirSync(folder).map((name) => {
  const text = readFileSync(`${folder}/${name}`, 'utf8');
  return ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
});

const oneLine = (text: string): string => text.replace(/[\s;]+/g, ' ').trim();

/** Name -> type text of each member of the interfaces that are called `SubjectRequests` or `SubjectNotifications`. */
function membersOf(kind: string): Map<string, string> {
  const signatures = sources
    .flatMap(({ statements }) => statements.filter(ts.isInterfaceDeclaration))
    .filter(({ name }) => name.text.endsWith(kind))
    .flatMap(({ members }) => members.filter(ts.isPropertySignature));
  return new Map(
    signatures.map((one) => [
      (one.name as ts.StringLiteral).text,
      oneLine(one.type?.getText() ?? ''),
    ]),
  );
}

/** Name -> type text of each "### `name`" section of the page that has a code block. */
function sectionsOf(title: string): Map<string, string> {
  const part = page.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
  const sections = part.matchAll(/^### `([^`]+)`\n\n(\S[^]*?)\n\n```ts\n([^]*?)```/gm);
  return new Map([...sections].map(([, name, , type]) => [name ?? '', oneLine(type ?? '')]));
}

describe('docs/protocol.md', () => {
  for (const title of ['Requests', 'Notifications']) {
    it(`describes all ${title.toLowerCase()} with the types that they have`, () => {
      assert.deepEqual(sectionsOf(title), membersOf(title));
    });
  }

  it('and the lists of names in protocol.ts agree', () => {
    assert.deepEqual([...sectionsOf('Requests').keys()], methods);
    assert.deepEqual([...sectionsOf('Notifications').keys()], notifications);
  });

  it('lists all error kinds with their codes', () => {
    const rows = page.matchAll(/^\| `(\w+)` +\| (-\d+) +\|/gm);
    const listed: unknown = Object.fromEntries(
      [...rows].map(([, kind, code]) => [kind, Number(code)]),
    );
    assert.deepEqual(listed, errorCodes);
  });
});
