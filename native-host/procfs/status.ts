/** Lines of /proc/PID/status that we use, proc_pid_status(5). Newlines in Name are escaped, so lines can be trusted. */
export interface Status {
  readonly tgid: number;
  readonly ruid: number | null;
  /** Numbers of the process, from the procfs' own PID namespace inwards. */
  readonly nsPids: readonly number[];
  readonly threads: number;
}

/**
 * What follows `name:` at the start of a line; null when there is no such line. A line ends with \n alone: of a name the
 * kernel escapes that (proc_task_name, fs/proc/array.c) and not \r, which a pattern's `m` takes for an end as well.
 */
export function fieldText(text: string, name: string): string | null {
  const label = `${name}:`;
  const start = text.startsWith(label) ? 0 : text.indexOf(`\n${label}`) + 1;
  if (start === 0 && !text.startsWith(label)) return null;
  const end = text.indexOf('\n', start);
  return text.slice(start + label.length, end < 0 ? undefined : end).trim();
}

/** The numbers there; empty when there is no such line, or something else in it. */
export function fieldNumbers(text: string, name: string): number[] {
  const values = fieldText(text, name) ?? '';
  return /^[-0-9][-0-9 \t]*$/.test(values) ? values.split(/[ \t]+/).map(Number) : [];
}

/** A bit mask in hexadecimal digits. */
export function fieldMask(text: string, name: string): bigint | null {
  const digits = fieldText(text, name) ?? '';
  return /^[0-9a-f]{1,16}$/.test(digits) ? BigInt(`0x${digits}`) : null;
}

/** Its thread has ended: a zombie, or dead. */
export const hasEnded = (text: string): boolean => /^[ZX]/.test(fieldText(text, 'State') ?? '');

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
  const mask = (name: string) => fieldMask(text, name);
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
