import assert from 'node:assert/strict';
import { capabilityIds, type InitializeResult } from '../../../native-host/protocol';
import { capabilityReport } from '../../../extension/capabilities/capabilityReport';
import { hello } from '../views/fakeHost';

const missing: InitializeResult = {
  ...hello,
  capabilities: capabilityIds.map((id) => ({ id, available: false, error: 'ENOSYS' })),
};

describe('capabilityReport', () => {
  it('says of each missing capability what it costs and how to get it', () => {
    const rows = capabilityReport(missing)
      .split('\n')
      .filter((line) => line.includes('ENOSYS'));
    assert.equal(rows.length, capabilityIds.length);
    for (const row of rows) {
      const [, name, state, cost, remedy] = row.split('|').map((cell) => cell.trim());
      for (const cell of [name, state, cost, remedy]) assert.ok(cell, row);
    }
  });

  it('says for every tier what it proves', () => {
    for (const tier of ['handle', 'inode', 'startTime', 'none'] as const) {
      assert.match(capabilityReport({ ...hello, tier }), /Tier \*\*/);
    }
  });

  it('says for every world which processes are shown', () => {
    for (const kind of ['host', 'container', 'wsl', 'flatpak', 'snap'] as const) {
      assert.match(capabilityReport({ ...hello, world: { ...hello.world, kind } }), /Those of /);
    }
  });

  it('makes no markup of what the machine says', () => {
    const world = { ...hello.world, user: '<b>|', kernel: '[x](command:y)\n# z' };
    const report = capabilityReport({ ...hello, world });
    assert.doesNotMatch(report, /<b>|\]\(|^# z/m);
  });
});
