import assert from 'node:assert/strict';
import { Drawn } from '../../../views/namespaces/drawn';
import type { NamespacesElement } from '../../../views/namespaces/elements';
import { firstMembers, NamespacesModel } from '../../../views/namespaces/model';
import { description, label } from '../../../views/namespaces/texts';
import { NamespaceStore } from '../../../views/namespaceStore';
import { container, idOf, member, namespace, news, setOf } from './namespaceNews';
import { keyOf, row } from './rows';

/** Ours, and a PID namespace inside it with a process of its own and one that is nested once more. */
function nested(): NamespacesModel {
  const model = new NamespacesModel(new NamespaceStore());
  model.resetRows([row(1), row(2, 1), row(3, 2), row(4, 3)]);
  model.store.reset(
    news({
      sets: [setOf('100'), setOf('100', { pid: idOf('200') }), setOf('100', { pid: idOf('300') })],
      namespaces: [
        namespace('pid', '300', { parent: idOf('200'), first: keyOf(4) }),
        namespace('pid', '200', {
          parent: idOf('100'),
          first: keyOf(3),
          name: { text: 'shop', source: 'engine', engine: 'docker' },
        }),
        namespace('pid', '100', { isOurs: true }),
        namespace('net', '100', { isOurs: true }),
      ],
      containers: [container('c1', 'shop')],
      members: [
        member(1, 0),
        member(2, 0),
        member(3, 1, { nsPid: 1, container: 'c1' }),
        member(4, 2, { nsPid: 1, provisional: true }),
      ],
    }),
  );
  return model;
}

const labels = (model: NamespacesModel, elements: readonly NamespacesElement[]) =>
  elements.map((element) => label(element, model));

function find(model: NamespacesModel, inode: string) {
  const found = model.namespace('pid', idOf(inode));
  assert.ok(found);
  return found;
}

describe('the model of the Namespaces view', () => {
  it('has the types that there are at the top', () => {
    const model = nested();
    assert.deepEqual(labels(model, model.roots()), ['PID', 'Network']);
  });

  it('nests PID namespaces as they are, above the processes that are directly in them', () => {
    const model = nested();
    const [pids] = model.roots();
    assert.ok(pids);
    assert.deepEqual(labels(model, model.children(pids)), ['Ours']);
    assert.deepEqual(labels(model, model.children(find(model, '100'))), ['shop', 'name1', 'name2']);
    assert.deepEqual(labels(model, model.children(find(model, '200'))), [
      'Unnamed, of name4',
      'name3',
    ]);
    assert.equal(model.parent(find(model, '300')), find(model, '200'));
    assert.equal(model.parent(find(model, '100')), pids);
  });

  it('takes a namespace whose parent cannot be seen for an outermost one', () => {
    const model = nested();
    model.store.apply(news({ goneNamespaces: [{ type: 'pid', id: idOf('200') }] }));
    const [pids] = model.roots();
    assert.ok(pids);
    assert.deepEqual(labels(model, model.children(pids)), ['Ours', 'Unnamed, of name4']);
  });

  it('says the number there first and ours second, and what is presumed only', () => {
    const model = nested();
    const said = (inode: string) =>
      model
        .children(find(model, inode))
        .filter(({ kind }) => kind === 'member')
        .map((each) => description(each, model, 1000));
    assert.deepEqual(said('100'), ['1', '2']);
    assert.deepEqual(said('200'), ['1 · 3 here']);
    assert.deepEqual(said('300'), ['1 · 4 here · presumed']);
  });

  it('counts what is directly in a namespace', () => {
    const model = nested();
    assert.equal(description(find(model, '100'), model, null), '2 processes · 100');
    assert.equal(description(find(model, '200'), model, null), 'Docker · 1 process · 200');
  });

  it('groups by container, and says what is in none', () => {
    const model = nested();
    model.grouping = 'container';
    assert.deepEqual(labels(model, model.roots()), ['shop', 'In no container']);
    const [shop, loose] = model.roots();
    assert.ok(shop && loose);
    assert.deepEqual(labels(model, model.children(shop)), ['name3']);
    assert.deepEqual(labels(model, model.children(loose)), ['name1', 'name2', 'name4']);
  });

  it('says that a container is not proven, and puts units of systemd last', () => {
    const model = nested();
    const unit = { text: 'a.service', source: 'cgroup', engine: 'systemd' } as const;
    model.store.apply(
      news({
        containers: [
          container('c1', 'shop', { proven: false }),
          container('u', 'a.service', { name: unit }),
        ],
      }),
    );
    model.grouping = 'container';
    const [shop, second] = model.roots();
    assert.ok(shop && second);
    assert.equal(description(shop, model, null), 'Docker · not proven · 1 process');
    assert.equal(label(second, model), 'a.service');
  });

  it('has a place for processes whose namespaces this user may not read', () => {
    const model = nested();
    model.store.apply(news({ members: [member(4, null)] }));
    const [pids] = model.roots();
    assert.ok(pids);
    const unreadable = model.children(pids).at(-1);
    assert.ok(unreadable);
    assert.equal(label(unreadable, model), 'Not readable for this user');
    assert.deepEqual(labels(model, model.children(unreadable)), ['name4']);
  });

  it('makes some hundred rows at first, and all when told to', () => {
    const model = nested();
    const pids = Array.from({ length: firstMembers + 50 }, (_, i) => 1000 + i);
    model.resetRows(pids.map((pid) => row(pid)));
    model.store.apply(news({ members: pids.map((pid) => member(pid, 2)) }));
    const place = find(model, '300');
    const shown = model.children(place);
    assert.equal(shown.length, firstMembers + 1);
    assert.equal(label(shown.at(-1)!, model), 'Show 50 more');
    model.showAllOf(place);
    assert.equal(model.children(place).length, firstMembers + 50);
  });

  it('shows a name of a container as text, whatever is in it', () => {
    const model = nested();
    model.store.apply(news({ containers: [container('c1', 'a\n\u202e$(x)')] }));
    model.grouping = 'container';
    assert.deepEqual(labels(model, model.roots()).slice(0, 1), ['a\\n⟨U+202E⟩$(x)']);
  });
});

describe('what of the Namespaces view is drawn again', () => {
  function draw(model: NamespacesModel) {
    const drawn = new Drawn();
    const look = (element: NamespacesElement) =>
      `${label(element, model)} ${description(element, model, 1000)}`;
    const give = (elements: readonly NamespacesElement[]) => {
      for (const element of elements) {
        drawn.giveLook(element, look(element));
        const below = model.children(element);
        drawn.giveChildren(element, below);
        give(below);
      }
    };
    drawn.giveRoots(model.roots());
    give(model.roots().slice(0, 1)); // PID namespaces are open, the others closed
    const tree = {
      roots: () => model.roots(),
      children: (element: NamespacesElement) => model.children(element),
      parent: (element: NamespacesElement) => model.parent(element),
      isShown: (element: NamespacesElement) => model.isShown(element),
      look,
    };
    return { drawn, redraw: () => drawn.compare(tree) };
  }

  it('is nothing where nothing looks different', () => {
    const model = nested();
    const { redraw } = draw(model);
    model.applyRows({ added: [], changed: [row(3, 2, { state: 'R' })], removed: [] });
    assert.equal(redraw(), 'nothing');
  });

  it('is one row where one changed', () => {
    const model = nested();
    const { redraw } = draw(model);
    model.store.apply(news({ members: [member(4, 2, { nsPid: 1 })] }));
    const changed = redraw();
    const ids = typeof changed === 'string' ? changed : changed.map(({ id }) => id);
    assert.deepEqual(ids, [`pid 300 ${keyOf(4)}`]);
  });

  it('is the innermost namespace in which a process came or went', () => {
    const model = nested();
    const { redraw } = draw(model);
    model.applyRows({ added: [], changed: [], removed: [keyOf(4)] });
    model.store.apply(news({ goneMembers: [keyOf(4)] }));
    assert.deepEqual(redraw(), [find(model, '300')]);
  });

  it('is both namespaces where a process moved, each once', () => {
    const model = nested();
    const { redraw } = draw(model);
    model.store.apply(news({ members: [member(2, 2, { nsPid: 7 })] }));
    // 300 is inside 200, which is inside 100: drawing that draws all.
    assert.deepEqual(redraw(), [find(model, '100')]);
  });

  it('is not what was closed', () => {
    const model = nested();
    const { drawn, redraw } = draw(model);
    drawn.close(find(model, '300'));
    model.store.apply(news({ members: [member(4, 2, { nsPid: 1 })] }));
    assert.equal(redraw(), 'nothing');
  });

  it('is everything when a type appears', () => {
    const model = nested();
    const { redraw } = draw(model);
    model.store.apply(news({ namespaces: [namespace('uts', '100', { isOurs: true })] }));
    assert.equal(redraw(), 'all');
  });
});
