import { visible } from './escape';

const safe = /^[\w@%+=:,./-]+$/;
// eslint-disable-next-line no-control-regex -- controls are what must not reach a terminal as they are
const control = /[\x00-\x1f\x7f]/;

/** One argument as a shell would take it back; controls in $'...' so that pasting it executes nothing. */
function quote(argument: string): string {
  if (safe.test(argument)) return argument;
  if (!control.test(argument)) return `'${argument.replaceAll("'", "'\\''")}'`;
  const escaped = argument
    .replace(/[\\']/g, '\\$&')
    // eslint-disable-next-line no-control-regex -- as above
    .replace(/[\x00-\x1f\x7f]/g, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
  return `$'${escaped}'`;
}

/** A command line that can be pasted into a shell. */
export function commandLine(args: readonly string[]): string {
  return args.map(quote).join(' ');
}

/** A command line to look at: one line, every character visible. */
export function shownCommandLine(args: readonly string[]): string {
  return visible(commandLine(args));
}
