// Starting processes and ending them. Each is the leader of its own group, so that nothing that it started outlives it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from './files.mjs';

/** @type {Set<() => Promise<unknown> | void>} */
const endings = new Set();
const signals = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };

let isListening = false;
let isEnding = false;

async function endAll(number) {
  isEnding = true;
  await Promise.allSettled([...endings].map((end) => end()));
  process.exit(128 + number);
}

/**
 * What must be done before a signal ends this process.
 * @param {() => Promise<unknown> | void} end
 * @returns {() => void} takes it back
 */
export function onEnd(end) {
  if (!isListening) {
    for (const [name, number] of Object.entries(signals)) process.once(name, () => endAll(number));
    isListening = true;
  }
  endings.add(end);
  return () => endings.delete(end);
}

/** Signals a child's whole group. Its number stays taken while a member of it lives. */
export function signalGroup(child, signal) {
  try {
    return process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
    return false;
  }
}

/** Asks the whole group to end, and kills what is left of it after five seconds. */
export async function endGroup(child) {
  if (!child.pid) return; // it never started
  signalGroup(child, 'SIGTERM');
  // That a whole group is gone is no event: it can only be asked for.
  for (let asked = 0; asked < 100 && signalGroup(child, 0); asked++) await delay(50);
  signalGroup(child, 'SIGKILL');
}

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions & { limit?: number }} [options] limit: seconds
 * @returns {Promise<{ code: number, timedOut: boolean }>}
 */
export async function run(command, args, { limit, ...options } = {}) {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', detached: true, ...options });
  const release = onEnd(() => endGroup(child));
  let timedOut = false;
  const expire = () => {
    timedOut = true;
    void endGroup(child);
  };
  const timer = limit && setTimeout(expire, limit * 1000);
  try {
    const [code] = await once(child, 'exit');
    if (isEnding) await new Promise(() => {}); // nothing new begins once this process has been told to end
    return { code: code ?? 1, timedOut };
  } finally {
    clearTimeout(timer);
    release();
  }
}

/** Runs a command that has to succeed. */
export async function mustRun(command, args, options) {
  const { code } = await run(command, args, options);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}`);
}
