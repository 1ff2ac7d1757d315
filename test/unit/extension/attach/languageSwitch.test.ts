import assert from 'node:assert/strict';
import { languageSwitch } from '../../../../extension/attach/running/languageSwitch';

const always = () => true;
const node = (...args: string[]) =>
  ({ words: ['/usr/bin/node', ...args], name: 'node', kind: 'node' }) as const;
const java = (...args: string[]) =>
  ({ words: ['java', ...args], name: 'java', kind: 'java' }) as const;

describe('a command that is to be debugged from its first line on', () => {
  it('has its runtime wait for the debugger', () => {
    const option = '--inspect-brk=127.0.0.1:0';
    const switched = languageSwitch(node('a.js', '--inspect'), always);
    assert.deepEqual(switched, { option, type: 'node' });
    assert.equal(languageSwitch({ ...node('a.js'), name: 'node-22' }, always)?.option, option);
    assert.match(languageSwitch(java('-cp', '.', 'Main'), always)?.option ?? '', /suspend=y/);
  });

  it('stays as it is where it waits already, or no such debugger is used', () => {
    assert.equal(languageSwitch(node('--inspect-brk', 'a.js'), always), undefined);
    const jdwp = '-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=5005';
    assert.equal(languageSwitch(java(jdwp, 'Main'), always), undefined);
    const never = languageSwitch(node('a.js'), () => false);
    assert.equal(never, undefined);
  });

  it('stays as it is where another program would take the option for its own', () => {
    for (const program of [
      { ...node('a.js'), kind: 'native' },
      { ...node('a.js'), kind: null },
      { ...node('a.js'), name: 'app' }, // Node is in it
      { ...node('run', 'a.js'), name: 'deno' },
      { ...node('a.js'), name: null },
    ] as const) {
      assert.equal(languageSwitch(program, always), undefined);
    }
  });
});
