import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import { capabilityIds } from '../../native-host/protocol';
import { withHost } from '../support/withHost';

const page = join(__dirname, '../../../docs/kernel.md');
const series = /^\d+\.\d+/.exec(release())?.[0] ?? '';
const isRoot = process.getuid?.() === 0;

/** The cells of a line of a Markdown table. */
const cells = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

/** What docs/kernel.md says of this kernel: `yes`, `root` or `no` for each capability. */
function promised(): Map<string, string> {
  const lines = readFileSync(page, 'utf8').split('\n');
  const head = lines.findIndex((line) => cells(line)[0] === 'capability');
  const column = cells(lines[head] ?? '').indexOf(series);
  assert.notEqual(column, -1, `docs/kernel.md has no column for Linux ${series}`);
  const end = lines.indexOf('', head);
  const rows = lines.slice(head + 2, end).map(cells);
  return new Map(rows.map((row) => [(row[0] ?? '').replaceAll('`', ''), row[column] ?? '']));
}

describe(`the table of capabilities in docs/kernel.md, for Linux ${series}`, () => {
  it('names each capability', () => {
    assert.deepEqual([...promised().keys()].sort(), [...capabilityIds].sort());
  });

  it('says what this kernel has, no more and no less', () =>
    withHost(async ({ initialized: { capabilities } }) => {
      const found = Object.fromEntries(capabilities.map(({ id, available }) => [id, available]));
      const said = [...promised()].map(([id, cell]) => [
        id,
        cell === 'yes' || (cell === 'root' && isRoot),
      ]);
      assert.deepEqual(found, Object.fromEntries(said));
      return Promise.resolve();
    }));
});
