// Names, paths and cgroups of others, where views show them as text.
import assert from 'node:assert/strict';
import { visible } from '../../../views/escape';
import { NamespaceStore } from '../../../views/namespaceStore';
import { accessibleText } from '../../../views/processes/accessibleText';
import { groupings, groupOf } from '../../../views/processes/grouping';
import {
  descriptionText,
  identifiedProcess,
  labelText,
  namedProcess,
} from '../../../views/rowText';
import { exitSentence } from '../../../views/targets/exitText';
import { Target } from '../../../views/targets/model';
import { targetDescription, targetText } from '../../../views/targets/targetText';
import type { TargetToken } from '../../../native-host/protocol';
import { assertSeen, hostileRow, hostileTexts } from '../hostileTexts';
import { container, idOf, member, namespace, news, setOf } from './namespaceNews';

/** All that groups are called by is the text. */
function storeOf(text: string): NamespaceStore {
  const store = new NamespaceStore();
  const name = { text, source: 'hostname', engine: null } as const;
  store.apply(
    news({
      sets: [setOf('5')],
      namespaces: [namespace('pid', '5', { name, id: idOf('5') })],
      containers: [container('c1', text)],
      members: [member(7, 0, { cgroup: `/${text}`, container: 'c1' })],
    }),
  );
  return store;
}

const said = (text: string): readonly string[] => {
  const row = hostileRow(text);
  const status = { kind: 'exited', code: 0 } as const;
  const state = { kind: 'ended', at: 9, status, source: 'pidfd' } as const;
  const target = new Target('a' as TargetToken, row, 0, state);
  const uncollected = { kind: 'exited', at: 9, parent: { pid: 1, comm: text } } as const;
  const zombie = new Target('b' as TargetToken, row, 0, uncollected);
  const after = { kind: 'command', id: text } as const;
  const lost = { kind: 'waiting', held: false, trouble: text } as const;
  const waiting = new Target('c' as TargetToken, row, 0, lost, 'waiting', after);
  return [
    ...[labelText(row), descriptionText(row, 1000, false), accessibleText(row, false, false)],
    ...[target, zombie, waiting].flatMap((one) => [targetText(one), targetDescription(one)]),
  ];
};

describe('what others chose', () => {
  for (const text of hostileTexts) {
    const shown = JSON.stringify(text);

    it(`is what rows say, and nothing else: ${shown}`, () => {
      for (const one of said(text)) assertSeen(text, one);
      assert.equal(labelText(hostileRow(text)), visible(text.replaceAll('/', '⧸')));
    });

    it(`is what groups are called: ${shown}`, () => {
      const [row, store] = [hostileRow(text), storeOf(text)];
      const labels = groupings.flatMap((one) => groupOf(one, store)?.(row) ?? []);
      for (const { label, detail } of labels) assertSeen(text, label + detail);
      const paths = [`/${text}`, text, text, row.exe ?? ''].map(visible);
      const [byContainer, byCgroup, byNamespace, , byExecutable] = labels.map(({ label }) => label);
      assert.deepEqual([byCgroup, byContainer, byNamespace, byExecutable], paths);
    });

    it(`makes no link in a message: ${shown}`, () => {
      const row = hostileRow(text);
      const status = { kind: 'signaled', signal: 9, coreDumped: null } as const;
      const state = { kind: 'ended', at: 9, status, source: 'pidfd' } as const;
      const end = exitSentence(new Target('a' as TargetToken, row, 0, state)) ?? '';
      for (const one of [namedProcess(row), identifiedProcess(row), end]) {
        assertSeen(text, one);
        assert.doesNotMatch(one, /\]\(/);
      }
    });
  }
});
