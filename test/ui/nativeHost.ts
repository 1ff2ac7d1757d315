import { readFileSync } from 'node:fs';
import { procfs } from '../support/procfs';

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1');
  } catch {
    return ''; // it has ended
  }
}

function descendants(pid: number): number[] {
  return procfs.children(pid).flatMap((child) => [child, ...descendants(child)]);
}

/** The native host of the only workbench that runs below this test; another one than `not`, if told. */
export function nativeHost(): number;
export function nativeHost(not: number): number | undefined;
export function nativeHost(not?: number): number | undefined {
  const found = descendants(process.pid).find(
    (pid) => pid !== not && commandLine(pid).includes('native-host.js'),
  );
  if (found === undefined && not === undefined) throw new Error('no native host');
  return found;
}
