/**
 * What engines mount into their containers says which one it is, also where there is no cgroup of its own, as in
 * rootless podman. /proc/PID/mountinfo is readable by everybody; the fourth field is the path within the file system.
 */
import type { Clue } from './commandClue.js';

const clues: readonly { of: RegExp; engine: Clue['engine'] }[] = [
  { of: /\/(?:overlay|vfs|btrfs|zfs)-containers\/([0-9a-f]{64})\/userdata\//, engine: 'podman' },
  {
    of: /\/docker\/containers\/([0-9a-f]{64})\/(?:hostname|hosts|resolv\.conf)$/,
    engine: 'docker',
  },
];
const machine = /\/systemd\/nspawn\/propagate\/([^/]+)$/;

export function mountClue(bytes: Buffer): Clue | null {
  for (const line of bytes.toString('utf8').split('\n')) {
    const path = line.split(' ')[3] ?? '';
    for (const { of, engine } of clues) {
      const id = of.exec(path)?.[1];
      if (id !== undefined) return { engine, id, name: null };
    }
    const name = machine.exec(path)?.[1];
    if (name !== undefined) return { engine: 'nspawn', id: null, name };
  }
  return null;
}
