import assert from 'node:assert/strict';
import type { NamespaceId, OwnTreeRow, TranslatedNumbers } from '../../../native-host/protocol';
import { NothingDone } from '../../../extension/errors';
import { agrees } from '../../../extension/translating/agrees';
import { ownTreeText } from '../../../extension/translating/ownTreeText';
import { translate } from '../../../extension/translating/translate';
import {
  relationText,
  translatedText,
  translationsText,
} from '../../../extension/translating/translationTexts';
import { parseTypedNamespace } from '../../../extension/translating/typedNamespace';
import { parseTypedNumbers } from '../../../extension/translating/typedNumbers';
import { FakeHost } from '../views/fakeHost';

const there = { ref: { kind: 'container', name: 'db' }, name: 'db' } as const;
const here = { ref: { kind: 'ours' }, name: 'This PID namespace' } as const;

const answered = (answers: TranslatedNumbers['answers']): TranslatedNumbers => ({
  answers,
  source: '1' as NamespaceId,
  target: '2' as NamespaceId,
  relation: 'inside',
  proof: 'ioctl',
});

describe('numbers that are typed', () => {
  it('are one or several, however they are separated', () => {
    assert.deepEqual(parseTypedNumbers('7'), [7]);
    assert.deepEqual(parseTypedNumbers(' 7, 12;1\n4194304 '), [7, 12, 1, 4194304]);
  });

  it('are whole and above 0, and not too many', () => {
    for (const text of ['', ' ', '0', '-1', '1.5', '7 x', '4194305', '1 '.repeat(1001)]) {
      assert.equal(parseTypedNumbers(text), undefined, text.slice(0, 20));
    }
  });
});

describe('a PID namespace that is typed', () => {
  it('is an inode, a path, a process or a container', () => {
    const inode = { kind: 'namespace', namespace: '4026531836' };
    assert.deepEqual(parseTypedNamespace('4026531836'), inode);
    assert.deepEqual(parseTypedNamespace('pid:[4026531836]'), inode);
    assert.deepEqual(parseTypedNamespace(' /run/x '), { kind: 'path', path: '/run/x' });
    assert.deepEqual(parseTypedNamespace('7:1234'), { kind: 'process', key: '7:1234' });
    assert.deepEqual(parseTypedNamespace('shop-db_1'), { kind: 'container', name: 'shop-db_1' });
    const id = '0123456789ab';
    assert.deepEqual(parseTypedNamespace(`f${id}`), { kind: 'container', name: `f${id}` });
    for (const text of ['  ', 'net:[1]', '7:x', 'x'.repeat(600)])
      assert.equal(parseTypedNamespace(text), undefined);
  });
});

describe('translate', () => {
  it('asks for all numbers at once, and again for those of threads', async () => {
    const host = new FakeHost();
    host.on('translate/batch', ({ items }) => ({
      results: [answered(items[0]!.threads ? [31250] : [31244, 'isThread', 'noneThere'])],
    }));
    const { all } = await translate(host, [5, 6, 7], there, here);
    assert.deepEqual(all.map(translatedText), [
      '5 → 31244',
      '6 → 31250 (thread)',
      '7 → none there',
    ]);
    assert.equal(translationsText(all), '5\t31244\n6\t31250\n7\tnone there');
    const asked = host.asked.map(({ params }) => (params as { items: object[] }).items[0]);
    const between = { source: there.ref, target: here.ref };
    assert.deepEqual(asked, [
      { numbers: [5, 6, 7], ...between, threads: false },
      { numbers: [6], ...between, threads: true },
    ]);
  });

  it('says why nothing was translated', async () => {
    for (const kind of ['Gone', 'Denied', 'Invalid', 'Unsupported'] as const) {
      const host = new FakeHost();
      const error = { kind, cause: null, pid: null, row: null, limit: null };
      host.on('translate/batch', () => ({ results: [{ error }] }));
      await assert.rejects(translate(host, [1], there, here), (thrown) => {
        assert.ok(thrown instanceof NothingDone);
        assert.match(thrown.message, /"db" and "This PID namespace"/);
        return true;
      });
    }
  });

  it('says how the namespaces lie to each other', () => {
    assert.equal(relationText('inside', 'a', 'b'), '"a" is inside "b"');
    assert.equal(relationText('outside', 'a', 'b'), '"a" is outside "b"');
    assert.match(relationText('equal', 'a', 'b'), /same/);
    assert.match(relationText(null, 'a', 'b'), /cannot be seen/);
  });
});

describe('ownTreeText', () => {
  const row = (nsPid: number, parentNsPid: number, more: Partial<OwnTreeRow> = {}): OwnTreeRow => ({
    ...{ nsPid, parentNsPid, comm: 'sh', state: 'S', args: ['sh'], argsCut: false },
    ...{ key: `${nsPid}:1` as OwnTreeRow['key'], pid: nsPid + 31000, ...more },
  });

  it('shows processes that are nested deeper than our stack', () => {
    const deep = Array.from({ length: 20_000 }, (_, i) => row(i + 1, i));
    assert.equal(ownTreeText(deep, 'heading').split('\n').length, deep.length + 4);
  });

  it('has each below its parent, and who came from outside at the top', () => {
    const text = ownTreeText([row(12, 0), row(9, 7), row(7, 1), row(1, 0)], 'heading');
    assert.deepEqual(text.split('\n').slice(3), [
      '       1   31001  sh',
      '       7   31007    sh',
      '       9   31009      sh',
      '      12   31012  sh',
      '',
    ]);
  });

  it('keeps each on one line, whatever it is called', () => {
    const rows = [row(1, 0, { args: ['a\nb\x1b[31m'] }), row(2, 1, { args: [], comm: 'x\ny' })];
    const lines = ownTreeText(rows, 'heading').split('\n');
    assert.equal(lines.length, 6);
    assert.ok(!lines.join('').includes('\x1b'));
  });
});

describe('whose number it is, looked up after it was translated', () => {
  const [outer, inner, sibling] = ['1', '2', '3'] as NamespaceId[];
  const found = (numbers: [NamespaceId | null | undefined, number][]) => ({
    numbers: numbers.map(([namespace = null, nsPid]) => ({ namespace, nsPid })),
  });

  it('is whom the answer was about, if nothing speaks against it', () => {
    const process = found([
      [outer, 31],
      [inner, 5],
    ]);
    assert.equal(agrees(31, process, outer as NamespaceId), true);
    assert.equal(agrees(5, process, inner as NamespaceId), true);
    assert.equal(agrees('noneThere', process, sibling as NamespaceId), true);
    assert.equal(agrees('unproven', process, sibling as NamespaceId), true);
    const unreadable = found([
      [null, 31],
      [null, 5],
    ]);
    assert.equal(agrees(31, unreadable, outer as NamespaceId), true);
  });

  it('is nobody whose number it has become since', () => {
    const successor = found([
      [outer, 32],
      [inner, 5],
    ]);
    assert.equal(agrees(31, successor, outer as NamespaceId), false);
    assert.equal(agrees('noneThere', successor, inner as NamespaceId), false);
    assert.equal(agrees(7, successor, sibling as NamespaceId), false);
  });
});
