import type { IoBytes } from '../protocol.js';

/** /proc/PID/io, proc_pid_io(5): what really came from and went to storage, not what was in the page cache. */
export function parseIo(bytes: Buffer): IoBytes {
  const text = bytes.toString('latin1');
  const value = (name: string) => Number(new RegExp(`^${name}: (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  return { read: value('read_bytes'), written: value('write_bytes') };
}
