// The server's process: what it says, and when it listens.
import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { endGroup, onEnd, signalGroup } from '../processes.mjs';

/** Emits each line of output as `line`, and keeps all of it in the log. */
function follow(child, file) {
  const log = createWriteStream(file, { flags: 'w' });
  const lines = new EventEmitter();
  for (const stream of [child.stdout, child.stderr]) {
    stream.pipe(log, { end: false });
    createInterface({ input: stream }).on('line', (line) => lines.emit('line', line));
  }
  child.once('close', () => log.end());
  return lines;
}

/** The port it was given, which it says when it listens. */
function listening(child, lines, log) {
  return new Promise((resolve, reject) => {
    const fail = (why) => reject(new Error(`VS Code's server ${why}; see ${log}`));
    const timer = setTimeout(() => fail('did not start within a minute'), 60_000);
    const settle = (answer) => (clearTimeout(timer), answer());
    child.once('error', (error) => settle(() => reject(error)));
    child.once('exit', (code) => settle(() => fail(`ended with ${code}`)));
    lines.on('line', (line) => {
      const port = /^Extension host agent listening on (\d+)/.exec(line)?.[1];
      if (port) settle(() => resolve(Number(port)));
      // Where its port is taken it says so and goes on.
      const refusal = /Error: (listen .*)$/.exec(line)?.[1];
      if (refusal) settle(() => fail(`cannot listen (${refusal})`));
    });
  });
}

/** It ends when it is stopped, or with this process however that ends. `died` is when it ends otherwise. */
function watch(child) {
  const kill = () => signalGroup(child, 'SIGKILL');
  process.prependOnceListener('exit', kill); // before its files are removed
  const release = onEnd(stop);
  let isStopped = false;
  const died = new Promise((resolve) => child.once('exit', () => isStopped || resolve()));
  async function stop() {
    isStopped = true;
    await endGroup(child);
    process.off('exit', kill);
    release();
  }
  return { died, stop };
}

/** Starts the server and waits until it listens. */
export async function spawnServer(command, args, env, log) {
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const { died, stop } = watch(child);
  const lines = follow(child, log);
  try {
    return { port: await listening(child, lines, log), lines, died, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
