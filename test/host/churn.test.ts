import assert from 'node:assert/strict';
import { children } from '../support/children';
import { procfs } from '../support/procfs';
import { withHost } from '../support/withHost';

/** Processes begin and end all the time while `body` runs. */
async function amidChurn(body: () => Promise<void>): Promise<void> {
  const parent = await children.own();
  let churning = true;
  const churn = async (): Promise<void> => {
    while (churning) {
      await parent.ask('crowd', 30);
      await parent.ask('openGate');
      await parent.ask('harvest');
    }
  };
  const churned = churn();
  try {
    await body();
  } finally {
    churning = false;
    await churned;
  }
}

describe('while processes come and go', () => {
  it('every list succeeds and holds what lives throughout', () =>
    withHost(({ host }) =>
      amidChurn(async () => {
        const bystander = await children.own();
        for (let time = 0; time < 25; time++) {
          const { rows } = await host.request('processes/list', null);
          assert.equal(rows.filter(({ pid }) => pid === bystander.pid).length, 1);
          assert.equal(new Set(rows.map(({ pid }) => pid)).size, rows.length);
        }
      }),
    ));

  it('the namespaces can be listed', () =>
    withHost(({ host }) =>
      amidChurn(async () => {
        for (let time = 0; time < 25; time++) {
          const { namespaces } = await host.request('namespaces/pid', null);
          assert.ok(namespaces.some(({ id }) => id === procfs.namespace('self', 'pid')));
        }
      }),
    ));

  it('deltas add up: a key is added once, and removed once', () =>
    withHost(async ({ host }) => {
      const { rows } = await host.request('processes/subscribe', null);
      const known = new Set(rows.map(({ key }) => key));
      await amidChurn(async () => {
        for (let time = 0; time < 25; time++) await host.request('processes/refresh', null);
      });
      await host.request('processes/refresh', null);
      for (const { added, changed, removed } of host.untaken('processes/delta')) {
        for (const key of removed) assert.ok(known.delete(key), `${key} removed but not known`);
        for (const { key } of changed) assert.ok(known.has(key), `${key} changed but not known`);
        for (const { key } of added) {
          assert.ok(!known.has(key), `${key} added twice`);
          known.add(key);
        }
      }
      const current = (await host.request('processes/list', null)).rows.map(({ key }) => key);
      assert.ok(current.filter((key) => !known.has(key)).length <= 2, 'only bystanders differ');
    }));
});
