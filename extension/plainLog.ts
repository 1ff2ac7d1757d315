import type { LogOutputChannel } from 'vscode';
import { visible } from '../views/escape';

const longestLine = 4000;

/**
 * The log of the extension. Names of processes and of debug sessions get into it, and errors that quote them: each entry
 * is one line in which all can be seen, so that none looks like another entry.
 */
export class PlainLog {
  constructor(private readonly channel: LogOutputChannel) {}

  info(text: string): void {
    this.channel.info(line(text));
  }

  warn(text: string): void {
    this.channel.warn(line(text));
  }

  error(text: string): void {
    this.channel.error(line(text));
  }

  show(): void {
    this.channel.show();
  }

  dispose(): void {
    this.channel.dispose();
  }
}

/** Cut before it is made longer: it may be megabytes. */
function line(text: string): string {
  const shown = visible(text.slice(0, longestLine));
  return text.length > longestLine ? `${shown}…` : shown;
}
