import { readFileSync, statSync } from 'node:fs';
import { isExhaustion } from '../hostError.js';

const passwd = '/etc/passwd';

/** uid -> login name, from passwd(5) of our own mount namespace; users of other name services stay numbers. */
export class Users {
  private names = new Map<number, string>();
  private readAt = -1;

  name(uid: number | null): string {
    if (uid === null) return '?';
    return this.names.get(uid) ?? String(uid);
  }

  /** Cheap when nothing changed: one stat. @throws Error out of descriptors: all names stay as they were */
  refresh(): void {
    const changed = statSync(passwd, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (changed === this.readAt) return;
    this.names = parsePasswd(changed === 0 ? '' : readPasswd());
    this.readAt = changed; // not where it cannot be opened just now
  }
}

/** Empty where it is not for us: users stay numbers. @throws Error out of descriptors */
function readPasswd(): string {
  try {
    return readFileSync(passwd, 'utf8');
  } catch (error) {
    if (isExhaustion(error)) throw error;
    return '';
  }
}

export function parsePasswd(text: string): Map<number, string> {
  const names = new Map<number, string>();
  for (const line of text.split('\n')) {
    const [name = '', , uid = ''] = line.split(':');
    // As getpwuid(3): neither comments nor entries of NIS, and the first entry of a uid is its name.
    if (!/^[^#+-]/.test(name) || !/^\d+$/.test(uid)) continue;
    if (!names.has(Number(uid))) names.set(Number(uid), name);
  }
  return names;
}
