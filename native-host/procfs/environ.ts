/**
 * The value of the first variable of that name, as getenv(3) finds it, in /proc/PID/environ (proc_pid_environ(5)); null:
 * there is none. Programs write over it freely, so it may hold anything. `bytes` filled to its `limit` means that more
 * followed: the last one is cut then, and would say something else.
 */
export function variableIn(bytes: Buffer, name: string, limit: number): string | null {
  const all = bytes.toString('utf8').split('\0');
  if (bytes.length >= limit) all.pop();
  return all.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1) ?? null;
}
