import assert from 'node:assert/strict';
import { EngineMemory } from '../../../native-host/containers/engineMemory';

/** An engine that knows every container, after so long. */
function make(answerMs: number, knows = true) {
  let now = 0;
  const asked: string[] = [];
  const memory = new EngineMemory(
    (cli, id) => {
      now += answerMs;
      asked.push(`${cli} ${id}`);
      return Promise.resolve(knows ? { name: `${id}!`, devFolder: null } : null);
    },
    () => now,
  );
  return { memory, asked, pass: (ms: number) => void (now += ms) };
}

describe('what engines said', () => {
  it('is asked for once a minute', async () => {
    const { memory, asked, pass } = make(50);
    assert.equal((await memory.find('docker', 'a'))?.name, 'a!');
    assert.equal((await memory.find('docker', 'a'))?.name, 'a!');
    assert.equal((await memory.find('podman', 'a'))?.name, 'a!');
    assert.deepEqual(asked, ['docker a', 'podman a']);
    pass(61_000);
    await memory.find('docker', 'a');
    assert.deepEqual(asked.slice(2), ['docker a']);
  });

  it('is not waited for again where an engine has just been silent', async () => {
    const { memory, asked, pass } = make(3000, false);
    assert.equal(await memory.find('docker', 'a'), null);
    assert.equal(await memory.find('docker', 'b'), null);
    await memory.find('podman', 'b');
    assert.deepEqual(asked, ['docker a', 'podman b']);
    pass(61_000);
    await memory.find('docker', 'b');
    assert.deepEqual(asked.slice(2), ['docker b']);
  });
});
