/** Lines of /proc/PID/status that we use, proc_pid_status(5). Newlines in Name are escaped, so lines can be trusted. */
export interface Status {
  readonly tgid: number;
  readonly ruid: number | null;
  /** Numbers of the process, from the procfs' own PID namespace inwards. */
  readonly nsPids: readonly number[];
}

/** Values after `name:` at the start of a line; empty when there is no such line. */
export function fieldNumbers(text: string, name: string): number[] {
  const match = new RegExp(`^${name}:[ \\t]*([-0-9 \\t]*)$`, 'm').exec(text);
  const values = match?.[1]?.trim();
  return values ? values.split(/[ \t]+/).map(Number) : [];
}

export function parseStatus(bytes: Buffer): Status {
  const text = bytes.toString('latin1');
  return {
    tgid: fieldNumbers(text, 'Tgid')[0] ?? 0,
    ruid: fieldNumbers(text, 'Uid')[0] ?? null,
    nsPids: fieldNumbers(text, 'NSpid'),
  };
}
