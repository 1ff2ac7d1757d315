import assert from 'node:assert/strict';
import type { ProcessRow } from '../../../native-host/protocol';
import { FilterError, FilterTooSlow } from '../../../views/processes/filter';
import { defaultChoices } from '../../../views/processes/choices';
import { ProcessesModel } from '../../../views/processes/model';
import { NamespaceStore } from '../../../views/namespaceStore';
import type { Grouping } from '../../../views/processes/grouping';
import { GroupElement } from '../../../views/processes/processElement';
import { container, idOf, member, namespace, news, setOf } from './namespaceNews';
import { keyOf, row } from './rows';
import { modelOf, publish, shape } from './shownTrees';

const none = { added: [], changed: [], removed: [] };

describe('ProcessesModel', () => {
  it('puts parents above children, oldest first', () => {
    assert.equal(shape(modelOf(row(5, 2), row(1), row(3, 1), row(2, 1))), '1(2(5) 3)');
  });

  it('takes a child that is told before its parent', () => {
    const model = modelOf(row(1));
    model.apply({ ...none, added: [row(7, 6)] }, 0);
    publish(model);
    assert.equal(shape(model), '1 7');
    model.apply({ ...none, added: [row(6, 1)] }, 0);
    assert.equal(publish(model), 'all');
    assert.equal(shape(model), '1(6(7))');
  });

  it('moves a child to its new parent', () => {
    const model = modelOf(row(1), row(2, 1), row(3, 2));
    model.apply({ ...none, changed: [row(3, 1)] }, 0);
    assert.deepEqual(publish(model), [keyOf(1)]);
    assert.equal(shape(model), '1(2 3)');
  });

  it('keeps an ended row in its place for four seconds', () => {
    const model = modelOf(row(1), row(2, 1), row(3, 2));
    model.apply({ ...none, changed: [row(3, 1)], removed: [keyOf(2)] }, 1000);
    publish(model);
    assert.equal(shape(model), '1(2 3)');
    assert.equal(model.tree.node(model.tree.element(keyOf(2))!)?.ended, true);
    assert.equal(model.nextForget, 5000);
    model.forget(4999);
    assert.equal(publish(model), 'nothing');
    model.forget(5000);
    assert.deepEqual(publish(model), [keyOf(1)]);
    assert.equal(shape(model), '1(3)');
  });

  it('does not make a root of an ended row whose parent has left', () => {
    const model = modelOf(row(1), row(2, 1), row(3, 2));
    model.apply({ ...none, removed: [keyOf(2)] }, 0);
    model.apply({ ...none, removed: [keyOf(3)] }, 2000);
    model.forget(4000);
    publish(model);
    assert.equal(shape(model), '1');
  });

  it('shows a recycled number as another row', () => {
    const model = modelOf(row(1), row(2, 1));
    const successor = { ...row(2, 1), key: '2:9999' as ProcessRow['key'], startedAt: 9 };
    model.apply({ ...none, added: [successor], removed: [keyOf(2)] }, 0);
    publish(model);
    assert.equal(shape(model), '1(2 2)');
  });

  it('keeps one element for each key', () => {
    const model = modelOf(row(1), row(2, 1));
    const element = model.tree.element(keyOf(2));
    model.apply({ ...none, changed: [row(2, 1, { comm: 'other' })] }, 0);
    publish(model);
    model.reset([row(1), row(2, 1)], 1000);
    publish(model);
    assert.equal(model.tree.element(keyOf(2)), element);
  });

  it('leaves what an element shows alone until VS Code has drawn something else', () => {
    const model = modelOf(row(1));
    const element = model.tree.element(keyOf(1))!;
    model.apply({ ...none, changed: [row(1, null, { comm: 'exec' })] }, 0);
    assert.equal(element.row.comm, 'name1');
    publish(model);
    assert.equal(element.row.comm, 'name1');
    assert.equal(model.tree.draw(element)?.row.comm, 'exec');
    assert.equal(element.row.comm, 'exec');
  });

  it('does not loop over a circle of bad data', () => {
    const model = modelOf(row(1), row(2, 3), row(3, 2));
    assert.equal(shape(model), '1');
    model.choose({ ...defaultChoices, filter: 'name' });
    publish(model);
    assert.equal(shape(model), '1');
  });

  it('bears a chain of 20,000', function () {
    this.timeout(30_000);
    const rows = Array.from({ length: 20_000 }, (_, i) => row(i + 1, i === 0 ? null : i));
    assert.equal(modelOf(...rows).counts.total, 20_000);
  });
});

describe('ProcessesModel refreshes', () => {
  it('nothing when nothing that is drawn changed', () => {
    const model = modelOf(row(1), row(2, 1));
    model.apply({ ...none, changed: [row(2, 1, { state: 'R' })] }, 0);
    assert.equal(publish(model), 'nothing');
  });

  it('a leaf alone when it looks different', () => {
    const model = modelOf(row(1), row(2, 1), row(3, 1));
    model.apply({ ...none, changed: [row(2, 1, { state: 'T' })] }, 0);
    assert.deepEqual(publish(model), [keyOf(2)]);
  });

  it('the parent when children come or go', () => {
    const model = modelOf(row(1), row(2, 1), row(3, 2));
    model.apply({ ...none, added: [row(4, 2)] }, 0);
    assert.deepEqual(publish(model), [keyOf(2)]);
  });

  it('a row once, though it changed below a row that changed', () => {
    const model = modelOf(row(1), row(2, 1), row(3, 2));
    model.apply({ ...none, added: [row(4, 1)], changed: [row(3, 2, { comm: 'x' })] }, 0);
    assert.deepEqual(publish(model), [keyOf(1)]);
  });

  it('everything when a root comes or goes', () => {
    const model = modelOf(row(1));
    model.apply({ ...none, added: [row(2)] }, 0);
    assert.equal(publish(model), 'all');
  });

  it('the nearest common parent of hundreds of rows', () => {
    const children = Array.from({ length: 300 }, (_, i) => row(i + 10, 2));
    const model = modelOf(row(1), row(2, 1), row(3, 1), ...children);
    const changed = children.map((child) => ({ ...child, comm: 'x' }));
    model.apply({ ...none, changed }, 0);
    assert.deepEqual(publish(model), [keyOf(2)]);
  });

  it('nothing after a change that was taken back before it was drawn', () => {
    const model = modelOf(row(1), row(2, 1));
    model.apply({ ...none, changed: [row(2, 1, { state: 'T' })] }, 0);
    model.apply({ ...none, changed: [row(2, 1)] }, 0);
    assert.equal(publish(model), 'nothing');
  });
});

describe('ProcessesModel choices', () => {
  const kernel = { kind: 'kernelThread', uid: 0, user: 'root' } as const;
  const rows = [
    row(1, null, { uid: 0, user: 'root', comm: 'init' }),
    row(2, null, { ...kernel, comm: 'kthreadd' }),
    row(3, 2, { ...kernel, comm: 'kworker' }),
    row(4, 1, { comm: 'shell' }),
    row(5, 4, { comm: 'node', args: ['node', 'server.js'] }),
    row(6, 4, { comm: 'vim' }),
  ];

  function chosen(choices: Partial<typeof defaultChoices>): ProcessesModel {
    const model = modelOf(...rows);
    model.choose({ ...defaultChoices, ...choices });
    publish(model);
    return model;
  }

  it('hide kernel threads at first', () => {
    assert.equal(shape(chosen({})), '1(4(5 6))');
    assert.equal(shape(chosen({ kernelThreads: true })), '1(4(5 6)) 2(3)');
  });

  it('hide other users: what is below becomes a root', () => {
    assert.equal(shape(chosen({ otherUsers: false })), '4(5 6)');
  });

  it('keep the ancestors of what the filter matches', () => {
    const model = chosen({ filter: 'server.js' });
    assert.equal(shape(model), '1(4(5))');
    assert.deepEqual([model.counts.matched, model.counts.total], [1, 4]);
  });

  it('keep no ancestor that a switch hides', () => {
    assert.equal(shape(chosen({ filter: 'vim', otherUsers: false })), '4(6)');
  });

  it('change nothing for a filter that cannot be read', () => {
    const model = chosen({ filter: 'vim' });
    assert.throws(() => model.choose({ ...defaultChoices, filter: '/(/' }), FilterError);
    assert.equal(model.current.filter?.text, 'vim');
  });

  const slow = '/(a+)+$/';
  const slowRow = row(7, 1, { args: [`${'a'.repeat(28)}!`] }); // half a minute without a limit

  it('change nothing for a filter that takes too long', () => {
    const model = modelOf(row(1), slowRow);
    model.choose({ ...defaultChoices, filter: 'name1' });
    assert.throws(() => model.choose({ ...defaultChoices, filter: slow }), FilterTooSlow);
    assert.equal(model.current.filter?.text, 'name1');
    model.choose({ ...defaultChoices, otherUsers: false, filter: 'name1' });
  });

  it('show all when a process comes that makes the filter take too long', () => {
    const model = modelOf(row(1), row(2));
    model.choose({ ...defaultChoices, filter: slow });
    publish(model);
    assert.equal(shape(model), '');
    model.apply({ ...none, added: [slowRow] }, 0);
    assert.equal(publish(model), 'all');
    assert.equal(shape(model), '1(7) 2');
    assert.equal(model.current.filter?.isTooSlow, true);
    model.choose({ ...defaultChoices, filter: slow, otherUsers: false }); // other choices still can be made
  });

  it('draw everything afresh when the filter changes', () => {
    const model = chosen({ filter: 'vim' });
    const before = model.filterGeneration;
    model.choose({ ...defaultChoices, filter: 'vi' });
    assert.equal(publish(model), 'all');
    assert.notEqual(model.filterGeneration, before);
    model.choose(defaultChoices);
    assert.equal(model.filterGeneration, 0);
  });
});

describe('ProcessesModel with groups', () => {
  const rows = [
    row(1, null, { user: 'root', exe: '/bin/init' }),
    row(2, 1, { exe: '/bin/sh' }),
    row(3, 2, { exe: '/bin/sh' }),
    row(4, 3, { exe: null }),
    row(5, 1, { exe: null, kind: 'kernelThread', user: 'root' }),
  ];

  function grouped(grouping: Grouping, more: Partial<typeof defaultChoices> = {}) {
    const store = new NamespaceStore();
    store.reset(
      news({
        sets: [setOf('100'), setOf('100', { pid: idOf('200') })],
        namespaces: [namespace('pid', '100', { isOurs: true }), namespace('pid', '200')],
        containers: [container('c1', 'shop')],
        members: [
          member(1, 0, { cgroup: '/' }),
          member(2, 1, { cgroup: '/shop', container: 'c1', nsPid: 1 }),
          member(3, 1, { cgroup: '/shop', container: 'c1', nsPid: 7 }),
          member(4, 0, { cgroup: '/' }),
        ],
      }),
    );
    const model = new ProcessesModel(store);
    model.reset(rows, 1000);
    model.choose({ ...defaultChoices, kernelThreads: true, grouping, ...more });
    publish(model);
    return { model, store };
  }

  it('puts parents above children within a group only', () => {
    const { model } = grouped('container');
    assert.equal(shape(model), 'shop(2(3)) In no container(1(5) 4)');
  });

  it('groups by what else processes share', () => {
    assert.equal(shape(grouped('user').model), 'me(2(3(4))) root(1(5))');
    assert.equal(
      shape(grouped('executable').model),
      '/bin/init(1) /bin/sh(2(3)) Executable unknown(4) Kernel threads(5)',
    );
    assert.equal(shape(grouped('cgroup').model), '/(1 4) /shop(2(3)) Cgroup unknown(5)');
    assert.equal(
      shape(grouped('pidNamespace').model),
      'Our PID namespace(1 4) PID namespace 200(2(3)) PID namespace unknown(5)',
    );
  });

  it('shows only groups in which the filter finds something', () => {
    const { model } = grouped('container', { filter: 'name3' });
    assert.equal(shape(model), 'shop(2(3))');
  });

  it('counts the living of a group', () => {
    const { model } = grouped('container');
    const counts = model.tree
      .roots()
      .map((each) => each instanceof GroupElement && model.tree.groupNode(each)?.count);
    assert.deepEqual(counts, [2, 3]);
    model.apply({ ...none, removed: [keyOf(3)] }, 0);
    const [shop] = model.tree.roots();
    assert.ok(shop instanceof GroupElement);
    assert.deepEqual(publish(model), [shop.key]);
    assert.equal(model.tree.groupNode(shop)?.count, 1);
  });

  it('moves a process when it turns out to be somewhere else', () => {
    const { model, store } = grouped('container');
    store.apply(news({ members: [member(4, 1, { container: 'c1' })] }));
    model.touchNamespaces();
    publish(model);
    assert.equal(shape(model), 'shop(2(3(4))) In no container(1(5))');
  });

  it('tells the number in its own namespace when it is asked to', () => {
    assert.equal(grouped('parent', { namespaceNumbers: true }).model.nsPid(keyOf(3)), 7);
    assert.equal(grouped('parent').model.nsPid(keyOf(3)), null);
  });
});
