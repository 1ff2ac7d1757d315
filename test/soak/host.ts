// The native host as it is, but it collects its garbage when SIGUSR2 asks for it, and says then what is left.
import koffi from 'koffi';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { entry } from '../support/hostClient';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
/** glibc keeps what was freed; musl has no such function, and keeps less. */
const trim = bind('int malloc_trim(size_t)');

function bind(prototype: string): (...args: unknown[]) => unknown {
  try {
    return koffi.load(null).func(prototype);
  } catch {
    return () => undefined;
  }
}

process.on('SIGUSR2', () => {
  for (let times = 0; times < 3; times++) collect();
  trim(0);
  const { rss, heapUsed } = process.memoryUsage();
  process.stderr.write(`${JSON.stringify({ soak: { rss, heapUsed } })}\n`);
});
process.argv[1] = entry; // what it starts are native hosts, too
// eslint-disable-next-line @typescript-eslint/no-require-imports -- after all this
require(entry);
