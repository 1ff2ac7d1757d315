/**
 * The port at which a debugger can connect, as the command line of the process has it: 0 where the system chose one;
 * undefined where it waits for none.
 */
export function askedPort(type: string, args: readonly string[]): number | undefined {
  switch (type) {
    case 'java':
      return portOf(args, /^-(?:agentlib:jdwp=|Xrunjdwp:).*\baddress=(?:[^,]*:)?(\d+)/);
    case 'debugpy':
    case 'python':
      return afterOption(args, '--listen', /(?:^|:)(\d+)$/);
    case 'rdbg':
      return afterOption(args, '--port', /^(\d+)$/) ?? portOf(args, /^--port=(\d+)$/);
    default:
      return undefined;
  }
}

function portOf(args: readonly string[], pattern: RegExp): number | undefined {
  const digits = args.map((one) => pattern.exec(one)?.[1]).find((one) => one !== undefined);
  return digits === undefined ? undefined : asPort(digits);
}

function afterOption(args: readonly string[], option: string, pattern: RegExp): number | undefined {
  const value = args[args.indexOf(option) + 1];
  if (!args.includes(option) || value === undefined) return undefined;
  const digits = pattern.exec(value)?.[1];
  return digits === undefined ? undefined : asPort(digits);
}

const largestPort = 65_535;

function asPort(digits: string): number | undefined {
  const port = Number(digits);
  return port <= largestPort ? port : undefined;
}
