/**
 * Where a process is, out of /proc/PID/cgroup (cgroups(7)): lines of `ID:CONTROLLERS:PATH`. The unified hierarchy
 * (`0::`) says it, unless it is not used: then the first that says more than "/". null when there is no such line.
 */
export function parseCgroup(bytes: Buffer): string | null {
  let path: string | null = null;
  for (const line of bytes.toString('utf8').split('\n')) {
    const match = /^(\d+):[^:]*:(\/[^]*)$/.exec(line); // the kernel refuses \n in a name, and nothing else
    if (!match?.[2]) continue;
    if (match[1] === '0' && match[2] !== '/') return match[2];
    if (path === null || path === '/') path = match[2];
  }
  return path;
}
