/** Bytes, from /proc/PID/smaps_rollup (Linux 4.14), proc_pid_smaps(5); null when it has no such line. */
export function parsePss(bytes: Buffer): number | null {
  const kilobytes = /^Pss: +(\d+) kB$/m.exec(bytes.toString('latin1'))?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}
