import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const page = join(__dirname, '../../../docs/kernel.md');

/** The cells of a line of a Markdown table. */
const cells = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

/** What docs/kernel.md says of a series such as 6.1: `yes`, `root` or `no` for each capability; null where nothing. */
export function capabilityTable(series: string): ReadonlyMap<string, string> | null {
  const lines = readFileSync(page, 'utf8').split('\n');
  const head = lines.findIndex((line) => cells(line)[0] === 'capability');
  const column = cells(lines[head] ?? '').indexOf(series);
  if (column < 1) return null;
  const rows = lines.slice(head + 2, lines.indexOf('', head)).map(cells);
  return new Map(rows.map((row) => [(row[0] ?? '').replaceAll('`', ''), row[column] ?? '']));
}
