import assert from 'node:assert/strict';
import { SavedFilters } from '../../../views/processes/savedFilters';
import { FakeMemory } from '../extension/fakeMemory';

const saved = (name: string, filter = name) => ({
  name,
  filter,
  kernelThreads: false,
  otherUsers: true,
});

describe('SavedFilters', () => {
  it('are kept under their names, in order of these', async () => {
    const memory = new FakeMemory();
    await new SavedFilters(memory).save(saved('vim'));
    await new SavedFilters(memory).save(saved('node'));
    await new SavedFilters(memory).save(saved('vim', 'vi'));
    assert.deepEqual(new SavedFilters(memory).all, [saved('node'), saved('vim', 'vi')]);
  });

  it('are removed by name', async () => {
    const filters = new SavedFilters(new FakeMemory());
    for (const name of ['a', 'b']) await filters.save(saved(name));
    await filters.remove('a');
    assert.deepEqual(filters.all, [saved('b')]);
  });

  it('leave out what another version stored and this one cannot read', async () => {
    const memory = new FakeMemory();
    const stored = [1, null, { name: 'x' }, { ...saved('y'), filter: '/(/' }, saved('z')];
    await memory.update('processes.savedFilters', stored);
    assert.deepEqual(new SavedFilters(memory).all, [saved('z')]);
    await memory.update('processes.savedFilters', 'nonsense');
    assert.deepEqual(new SavedFilters(memory).all, []);
  });
});
