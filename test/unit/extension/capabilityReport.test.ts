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

  it('shows all tiers with what each needs and proves, and marks the one of this machine', () => {
    const names = { handle: 'handle', inode: 'inode', startTime: 'start time', none: 'none' };
    for (const tier of ['handle', 'inode', 'startTime', 'none'] as const) {
      const report = capabilityReport({ ...hello, tier });
      assert.deepEqual(report.match(/\*\*.*this machine\*\*/g), [
        `**${names[tier]}: this machine**`,
      ]);
      for (const name of Object.values(names)) {
        assert.match(
          report,
          new RegExp(`^\\| (\\*\\*)?${name}[^|]*\\| [^|]{7,} \\| [^|]{20,} \\|$`, 'm'),
        );
      }
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
