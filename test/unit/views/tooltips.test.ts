// Tooltips are Markdown. What a process chose is text in them: no link, no picture, no HTML, no heading.
import '../../support/vscodeStandIn';
import assert from 'node:assert/strict';
import type { ProcessDetails, TargetToken } from '../../../native-host/protocol';
import { namespaceTypes } from '../../../native-host/protocol';
import { visible } from '../../../views/escape';
import { ContainerElement, NamespaceElement } from '../../../views/namespaces/elements';
import type { NamespacesElement } from '../../../views/namespaces/elements';
import { NamespacesModel } from '../../../views/namespaces/model';
import { placeTooltip } from '../../../views/namespaces/placeTooltip';
import { NamespaceStore } from '../../../views/namespaceStore';
import { readTooltip } from '../../../views/processes/tooltip';
import { labelText } from '../../../views/rowText';
import { Target, TargetsModel } from '../../../views/targets/model';
import type { PinnedFigures } from '../../../views/targets/pinnedFigures';
import { TargetsProvider } from '../../../views/targets/provider';
import { renderedMarkdown } from '../../support/renderedMarkdown';
import { assertSeen, hostileRow, hostileTexts } from '../hostileTexts';
import { FakeHost } from './fakeHost';
import { container, namespace, news, setOf } from './namespaceNews';
import { keyOf } from './rows';

const unknown = { unknown: 'permission' } as const;

const detailsOf = (text: string): ProcessDetails => ({
  row: hostileRow(text),
  args: { value: [text, text] },
  argsCut: false,
  exe: { value: `/srv/${text}` },
  exeDeleted: true,
  cwd: { value: `/home/${text}` },
  namespaces: Object.fromEntries(
    namespaceTypes.map((type) => [type, unknown]),
  ) as ProcessDetails['namespaces'],
  numbers: unknown,
  threads: 1,
});

async function tooltip(text: string, details: () => ProcessDetails) {
  const fail = () => {
    throw new Error(text);
  };
  const host = new FakeHost().on('processes/details', details);
  host.on('attach/preflight', fail).on('sockets/listening', fail);
  return renderedMarkdown((await readTooltip(host, hostileRow(text))).value);
}

describe('the tooltip of a process', () => {
  for (const text of hostileTexts) {
    it(`has ${JSON.stringify(text)} as text`, async () => {
      const { tags, text: read } = await tooltip(text, () => detailsOf(text));
      assert.deepEqual([...tags].sort(), ['code', 'p', 'strong']);
      for (const path of [`/srv/${text}`, `/home/${text}`])
        assert.ok(read.includes(visible(path)), read);
      assertSeen(text, read.replaceAll('\n', ''));
    });

    it(`has it as text where there are no details: ${JSON.stringify(text)}`, async () => {
      const refuse = () => {
        throw new Error(text);
      };
      const { tags, text: read } = await tooltip(text, refuse);
      assert.deepEqual([...tags].sort(), ['p', 'strong']);
      assert.ok(read.includes(visible(text).trim()), read);
    });
  }
});

/** A container and a namespace that are called so, with a first process that is, too. */
function placesOf(text: string): readonly [NamespacesModel, readonly NamespacesElement[]] {
  const model = new NamespacesModel(new NamespaceStore());
  const name = { text, source: 'hostname', engine: null } as const;
  const given = { name, first: keyOf(7), ownerUid: 7, ownerUser: text };
  model.resetRows([hostileRow(text)]);
  const there = container('c1', text, { engineName: text, first: keyOf(7) });
  const own = namespace('user', '5', given);
  model.store.reset(news({ sets: [setOf('5')], namespaces: [own], containers: [there] }));
  return [model, [new ContainerElement(there), new NamespaceElement(own)]];
}

describe('the tooltip of a place', () => {
  for (const text of hostileTexts) {
    it(`has ${JSON.stringify(text)} as text`, () => {
      const [model, places] = placesOf(text);
      for (const place of places) {
        const { tags, text: read } = renderedMarkdown(placeTooltip(place, model)?.value ?? '');
        assert.deepEqual([...tags].sort(), ['p', 'strong']);
        assert.ok(read.includes(visible(text)), read);
        assertSeen(text, read.replaceAll('\n', ''));
      }
    });
  }
});

describe('the tooltip of a pinned process', () => {
  const figures = { hover: () => undefined, store: { history: () => [] } };
  const provider = new TargetsProvider(new TargetsModel(), figures as unknown as PinnedFigures);

  for (const text of hostileTexts) {
    it(`has ${JSON.stringify(text)} as text`, () => {
      const held = { kind: 'waiting', held: true } as const;
      const target = new Target('a' as TargetToken, hostileRow(text), 0, held, 'pinned');
      const { tooltip } = provider.resolveTreeItem({}, target);
      const { tags, text: read } = renderedMarkdown((tooltip as { value: string }).value);
      assert.deepEqual([...tags], ['p']);
      assert.ok(read.includes(labelText(target.row)), read);
      assertSeen(text, read);
    });
  }
});
