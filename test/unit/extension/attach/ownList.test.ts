import assert from 'node:assert/strict';
import { ownList } from '../../../../extension/attach/attaching/ownList';

const launch = (value: object) => ({ inspect: () => ({ key: 'inputs', ...value }) }) as never;

describe('the lists of a folder in launch.json', () => {
  it('are its own, and not those of the user or the whole workspace', () => {
    const others = { globalValue: ['user'], workspaceValue: ['workspace'] };
    assert.deepEqual(ownList(launch({ ...others, workspaceFolderValue: ['own'] }), 'inputs'), [
      'own',
    ]);
    assert.deepEqual(ownList(launch(others), 'inputs'), []);
  });

  it('are empty where something else stands there', () => {
    for (const workspaceFolderValue of [null, {}, 'x', 7])
      assert.deepEqual(ownList(launch({ workspaceFolderValue }), 'inputs'), []);
  });
});
