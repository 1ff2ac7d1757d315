// A test whose source is gone must not go on running because its compiled form is still there.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from './files.mjs';

export function removeStaleOutput() {
  const out = inRoot('out');
  if (!existsSync(out)) return;
  const compiled = readdirSync(out, { recursive: true }).filter((file) => file.endsWith('.js'));
  for (const file of compiled) {
    if (!existsSync(inRoot(file.replace(/\.js$/, '.ts')))) rmSync(path.join(out, file));
  }
}
