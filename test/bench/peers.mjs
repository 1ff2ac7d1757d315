// peers.mjs FOLDER: lists all processes by packages of npm that are installed there. For each line with a package's name
// it prints how many processes that found, and the milliseconds; a package is loaded before.
import { createRequire } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const { resolve } = createRequire(path.join(process.argv[2], 'peers.js'));
const load = async (name) => (await import(pathToFileURL(resolve(name)))).default;

const [psList, pidtree, systeminformation] = await Promise.all(
  ['ps-list', 'pidtree', 'systeminformation'].map(load),
);

const lists = {
  'ps-list': async () => (await psList()).length,
  pidtree: async () => (await pidtree(-1)).length,
  systeminformation: async () => (await systeminformation.processes()).list.length,
};

for await (const name of createInterface(process.stdin)) {
  const begin = performance.now();
  const processes = await lists[name]();
  console.log(processes, performance.now() - begin);
}
