import { describeError } from './errors';
import type { Services } from './services';

export interface Choice {
  readonly title: string;
  readonly run: () => unknown;
}

/**
 * Says something with buttons under it. Not waited for by commands: they are over when it is on screen. So what goes
 * wrong behind a button is told here.
 */
export async function offer(
  { messages, log }: Pick<Services, 'messages' | 'log'>,
  kind: 'info' | 'warn',
  text: string,
  ...choices: readonly Choice[]
): Promise<void> {
  try {
    const answer = await messages[kind](text, ...choices.map(({ title }) => title));
    await choices.find(({ title }) => title === answer)?.run();
  } catch (error) {
    log.error(String(error));
    void messages.error(describeError(error).text);
  }
}
