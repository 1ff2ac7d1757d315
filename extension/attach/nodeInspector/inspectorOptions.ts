/** Where Node opens its inspector, as its command line and NODE_OPTIONS say it. */
export interface InspectorOptions {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** It listens from the start: `--inspect` and its kin. */
  readonly fromStart: boolean;
}

const fallback = { host: '127.0.0.1', port: 9229 };
const option = /^--(inspect(?:-brk|-wait)?|(?:inspect|debug)-port)(?:=(.*))?$/;
const takesValue = new Set(
  '-r --require --import -e --eval -p --print -C --conditions --loader --experimental-loader --title --env-file --inspect-port --debug-port'.split(
    ' ',
  ),
);

/** The last one counts, and the command line more than the environment. */
export function inspectorOptions(args: readonly string[], nodeOptions = ''): InspectorOptions {
  const words = [...nodeOptions.split(/\s+/).filter(Boolean), ...ownOptions(args)];
  let found: InspectorOptions = { ...fallback, fromStart: false };
  words.forEach((word, at) => {
    const [, name, value] = option.exec(word) ?? [];
    if (name === undefined) return;
    const isPort = name.endsWith('-port');
    const address = value ?? (isPort ? words[at + 1] : undefined);
    found = { ...found, ...parseAddress(address), fromStart: found.fromStart || !isPort };
  });
  return found;
}

/** What stands before the script: the rest is the program's. */
function ownOptions(args: readonly string[]): string[] {
  const own: string[] = [];
  for (let at = 1; at < args.length; at++) {
    const word = args[at] ?? '';
    if (word === '--' || !word.startsWith('-')) break;
    own.push(word);
    if (takesValue.has(word)) own.push(args[++at] ?? '');
  }
  return own;
}

/** `port`, `host`, `host:port` or `[v6]:port`. */
function parseAddress(text: string | undefined): Partial<InspectorOptions> {
  const match = /^(?:\[(.*)\]|([^:]*))?(?::(\d+))?$/.exec(text ?? '');
  if (!text || !match) return {};
  if (/^\d+$/.test(text)) return { port: Number(text) };
  const host = match[1] ?? match[2];
  return { ...(host ? { host } : {}), ...(match[3] ? { port: Number(match[3]) } : {}) };
}
