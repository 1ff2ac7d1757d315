// What has to be done a million times, spread over the whole time.
import type { TargetToken } from '../../native-host/protocol';
import type { World } from './world';

/** Does some more of them. */
type Volume = (world: World) => Promise<void>;

const pairsAtOnce = 20;
const numbersAtOnce = 100;

/** Holds and releases, several at once. */
const pairs: Volume = async ({ host, tally, bystander: { key } }) => {
  const all = Array.from({ length: pairsAtOnce }, async (_, n) => {
    const token = `pair ${tally.counts.pairs + n}` as TargetToken;
    await tally.timed(host.request('target/hold', { token, key }));
    await tally.timed(host.request('target/release', { token }));
  });
  await Promise.all(all);
  tally.counts.pairs += pairsAtOnce;
};

/** From our PID namespace into the one below: who is in there has two numbers, the bystander has none there. */
const translations: Volume = async ({ host, tally, bystander, nested }) => {
  const numbers = Array.from({ length: numbersAtOnce }, (_, n) =>
    n % 2 === 0 ? nested.pid : bystander.pid,
  );
  const target = { kind: 'process', key: nested.key } as const;
  const items = [{ numbers, source: { kind: 'ours' }, target }] as const;
  const { results } = await tally.timed(host.request('translate/batch', { items }));
  const answers = results[0] && 'answers' in results[0] ? results[0].answers : [];
  const right = numbers.map((_, n) => (n % 2 === 0 ? nested.nsPid : nested.elsewhere));
  if (right.some((answer, n) => answer !== answers[n]))
    tally.wrong(`translated to ${JSON.stringify(results).slice(0, 300)}`);
  tally.counts.translations += numbersAtOnce;
};

export const volumes = { pairs, translations };
