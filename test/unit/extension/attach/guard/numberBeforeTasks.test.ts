import assert from 'node:assert/strict';
import { numberBeforeTasks } from '../../../../../extension/attach/guard/numberBeforeTasks';
import { LaunchVariables } from '../../../../../extension/attach/launchVariables';

const nothing = () => undefined;

function variables(answer: string | undefined) {
  return new LaunchVariables({
    run: (command) => Promise.resolve(command === 'their.list' ? answer : 'another'),
    inputs: () => [],
    commandOf: (type, name) => (`${type} ${name}` === 'go pick' ? 'their.list' : undefined),
    environment: nothing,
    setting: nothing,
    ask: () => Promise.resolve(undefined),
  });
}

const configuration = (more: object) => ({
  ...{ type: 'go', request: 'attach', name: 'x', processId: '${command:pick}' },
  ...more,
});

describe('a number that comes from a list, where tasks run before the session', () => {
  it('is known before them', async () => {
    const given = configuration({ preLaunchTask: 'build' });
    const known = await numberBeforeTasks(variables('7'), given, undefined);
    assert.deepEqual(known, { ...given, processId: '7' });
    assert.equal(await numberBeforeTasks(variables(undefined), given, undefined), undefined);
  });

  it('is left to VS Code otherwise', async () => {
    for (const more of [
      {},
      { preLaunchTask: 'build', processId: 7 },
      { preLaunchTask: 'build', processId: '${input:none}' },
      { preLaunchTask: 'build', request: 'launch' },
    ]) {
      const given = configuration(more);
      assert.equal(await numberBeforeTasks(variables('7'), given, undefined), given);
    }
  });
});
