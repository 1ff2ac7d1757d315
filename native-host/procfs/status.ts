/** Lines of /proc/PID/status that we use, proc_pid_status(5). Newlines in Name are escaped, so lines can be trusted. */
export interface Status {
  readonly tgid: number;
  readonly ruid: number | null;
  /** Numbers of the process, from the procfs' own PID namespace inwards. */
  readonly nsPids: readonly number[];
  readonly threads: number;
}

/** Values after `name:` at the start of a line; empty when there is no such line. */
export function fieldNumbers(text: string, name: string): number[] {
  const match = new RegExp(`^${name}:[ \\t]*([-0-9 \\t]*)$`, 'm').exec(text);
  const values = match?.[1]?.trim();
  return values ? values.split(/[ \t]+/).map(Number) : [];
}

/** Signals of one thread as bit masks (bit 0 is signal 1), and those that wait for the whole process. */
export interface SignalMasks {
  readonly pending: bigint;
  readonly sharedPending: bigint;
  readonly blocked: bigint;
  readonly ignored: bigint;
  readonly caught: bigint;
}

/** null when a mask is missing: then this is no status file. */
export function parseSignalMasks(bytes: Buffer): SignalMasks | null {
  const text = bytes.toString('latin1');
  const mask = (name: string) => {
    const match = new RegExp(`^${name}:[ \\t]*([0-9a-f]{1,16})$`, 'm').exec(text);
    return match ? BigInt(`0x${match[1]}`) : null;
  };
  const [pending, sharedPending, blocked] = [mask('SigPnd'), mask('ShdPnd'), mask('SigBlk')];
  const [ignored, caught] = [mask('SigIgn'), mask('SigCgt')];
  if (pending === null || sharedPending === null || blocked === null) return null;
  if (ignored === null || caught === null) return null;
  return { pending, sharedPending, blocked, ignored, caught };
}

export function parseStatus(bytes: Buffer): Status {
  const text = bytes.toString('latin1');
  return {
    tgid: fieldNumbers(text, 'Tgid')[0] ?? 0,
    ruid: fieldNumbers(text, 'Uid')[0] ?? null,
    nsPids: fieldNumbers(text, 'NSpid'),
    threads: fieldNumbers(text, 'Threads')[0] ?? 0,
  };
}
