import assert from 'node:assert/strict';
import type { InitializeResult } from '../../../native-host/protocol';
import { procfsMessage } from '../../../views/procfsMessage';
import { hello } from './fakeHost';

const seesAll = (available: boolean) =>
  ({ id: 'procfsAll', available }) as InitializeResult['capabilities'][number];

describe('what the line above a tree says of /proc', () => {
  it('is nothing where it shows all', () => {
    assert.equal(procfsMessage(hello), '');
    assert.equal(procfsMessage({ ...hello, capabilities: [seesAll(true)] }), '');
  });

  it('is that it hides processes, or that it is a foreign one', () => {
    assert.match(procfsMessage({ ...hello, capabilities: [seesAll(false)] }), /hidepid/);
    const procfs = { source: 'private', fault: 'foreign' } as const;
    const world = { ...hello.world, procfs };
    assert.match(procfsMessage({ ...hello, world }), /another PID namespace/);
  });
});
