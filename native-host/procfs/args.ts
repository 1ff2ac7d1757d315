export interface Args {
  readonly args: readonly string[];
  /** More followed than was read. */
  readonly cut: boolean;
}

/** What a row shows of them. */
export const argsLimit = 4096;

export const noArgs: Args = { args: [], cut: false };

/** They did not come in time. To whoever looks they are none; we know this very list again, and read once more. */
export const lateArgs: Args = { args: [], cut: false };

/** Of a row, or of a copy of one. */
export function areLate({ args }: { readonly args: readonly string[] }): boolean {
  return args === lateArgs.args;
}

/**
 * Splits /proc/PID/cmdline (proc_pid_cmdline(5)). Programs write over it freely: a missing last NUL, runs of NULs and
 * invalid UTF-8 are all normal. `bytes` filled to its `limit` means that more followed.
 */
export function parseArgs(bytes: Buffer, limit: number): Args {
  return splitArgs(argsText(bytes), bytes.length >= limit);
}

/** Without the NULs at its end: one text takes a thread less time to hand over than many. */
export function argsText(bytes: Buffer): string {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return bytes.toString('utf8', 0, end);
}

export function splitArgs(text: string, cut: boolean): Args {
  return text === '' ? noArgs : { args: text.split('\0'), cut };
}
