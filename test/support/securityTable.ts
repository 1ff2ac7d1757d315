import { readFileSync } from 'node:fs';

// The suites run in the project's folder: compiled tests lie elsewhere than their sources.
const page = readFileSync('docs/security.md', 'utf8');

/** What docs/security.md says that somebody has open: when, by kind. */
export function securityTable(whose: string): ReadonlyMap<string, string> {
  const [, part = ''] = page.split(`\n### ${whose}\n`);
  const rows = [...(part.split('\n#')[0] ?? '').matchAll(/^\| `([^`]+)` +\| (\S.*?) +\|/gm)];
  if (rows.length === 0) throw new Error(`docs/security.md has no table "${whose}"`);
  return new Map(rows.map(([, kind = '', when = '']) => [kind, when]));
}
