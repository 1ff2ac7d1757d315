import assert from 'node:assert/strict';
import { InspectorSessions } from '../../../extension/attach/nodeInspector/inspectorSessions';
import type { OpenInspector } from '../../../extension/attach/nodeInspector/openInspector';
import { FakeClock } from '../views/fakeClock';

const address = 'ws://127.0.0.1:9229/id';

function build(more: { isOurs?: boolean; open?: boolean } = {}) {
  const said: string[] = [];
  const inspector = {
    websocketAddress: address,
    isOurs: more.isOurs ?? true,
    release: () => Promise.resolve(void said.push('released')),
    isStillOpen: () => Promise.resolve(more.open ?? true),
  } as unknown as OpenInspector;
  const clock = new FakeClock();
  const offer = () => void said.push('offered');
  const sessions = new InspectorSessions(clock, offer, (line) => said.push(line));
  sessions.keep(inspector);
  const settle = async (ms: number) => {
    await clock.advance(ms);
    return said;
  };
  return { sessions, settle };
}

describe('inspectors of debug sessions', () => {
  it('are let go after the last session, and offered to be closed', async () => {
    const { sessions, settle } = build();
    for (const id of ['a', 'b']) sessions.started(id, address);
    sessions.ended('a', address);
    assert.deepEqual(await settle(6_000_000), []);
    sessions.ended('b', address);
    assert.deepEqual(await settle(4999), []);
    assert.deepEqual(await settle(1), ['released', 'offered']);
  });

  it('are kept for a restart', async () => {
    const { sessions, settle } = build();
    sessions.started('a', address);
    sessions.ended('a', address);
    await settle(1000);
    sessions.started('a', address);
    assert.deepEqual(await settle(6_000_000), []);
  });

  it('are let go where no session comes, and none but ours are offered', async () => {
    assert.deepEqual(await build({ isOurs: false }).settle(600_000), ['released']);
    assert.deepEqual(await build({ open: false }).settle(600_000), ['released']);
    assert.deepEqual(await build().settle(599_999), []);
  });

  it('do not care for other sessions', async () => {
    const { sessions, settle } = build();
    sessions.started('a', address);
    sessions.started('x', undefined);
    sessions.ended('x', 'ws://127.0.0.1:9229/other');
    sessions.ended('y', address);
    assert.deepEqual(await settle(6_000_000), []);
  });
});
