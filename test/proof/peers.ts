// What other tools do when the number that they were told has changed hands.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Actor } from '../support/actor';
import type { Lab } from './lab';

/** Sends a signal to the process that was seen. `inode` is what util-linux names it by. */
type Kill = (pid: number, inode: number) => Promise<void>;

export interface Peers {
  readonly kills: ReadonlyMap<string, Kill>;
  /** Those that could not be had. */
  readonly missing: readonly string[];
  dispose(): void;
}

const run = (program: string, ...args: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    execFile(program, args, (error, stdout) => {
      if (error) reject(new Error(error.message));
      else resolve(stdout);
    });
  });

/** Whatever it says: what counts is what the impostor feels. */
const tool =
  (program: string, args: (pid: number, inode: number) => readonly string[]): Kill =>
  (pid, inode) =>
    run(program, ...args(pid, inode)).then(
      () => undefined,
      () => undefined,
    );

const packages = ['tree-kill@1.2.2', 'fkill@9.0.0'];

/** `import` itself: compiled to CommonJS it would become `require`. */
// eslint-disable-next-line @typescript-eslint/no-implied-eval
const load = new Function('file', 'return import(file)') as (
  file: string,
) => Promise<{ default: unknown }>;

async function fromRegistry(folder: string): Promise<[string, Kill][]> {
  await run('npm', 'install', '--prefix', folder, '--no-audit', '--no-fund', ...packages);
  const file = (name: string) => path.join(folder, 'node_modules', name, 'index.js');
  const treeKill = (await load(file('tree-kill'))).default as (
    pid: number,
    signal: string,
    done: () => void,
  ) => void;
  const fkill = (await load(file('fkill'))).default as (pid: number) => Promise<void>;
  return [
    ['tree-kill', (pid) => new Promise((resolve) => treeKill(pid, 'SIGTERM', resolve))],
    ['fkill', (pid) => fkill(pid).catch(() => undefined)],
  ];
}

/** Which of them are here. With `npm` those that npm installs, into a folder of their own. */
export async function findPeers(npm: boolean): Promise<Peers> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pidfd-peers-'));
  const pidFile = path.join(folder, 'pid');
  const missing: string[] = [];
  const kills = new Map<string, Kill>([
    ['process.kill', (pid) => Promise.resolve(void process.kill(pid, 'SIGTERM'))],
    ['kill(1)', tool('/bin/kill', (pid) => ['-TERM', String(pid)])],
  ]);
  const byFile: Kill = (pid) => {
    writeFileSync(pidFile, String(pid));
    return run('pkill', '-TERM', '--pidfile', pidFile).then(
      () => undefined,
      () => undefined,
    );
  };
  if (await works('pkill', '--version')) kills.set('pkill', byFile);
  else missing.push('pkill');
  const { version } = (await run('/bin/kill', '--version').catch(() => '')).match(
    /util-linux (?<version>[\d.]+)/,
  )?.groups ?? { version: '' };
  if (version && Number(version.split('.')[1]) >= 42) {
    kills.set(
      'kill PID:INODE',
      tool('/bin/kill', (pid, inode) => ['-TERM', `${pid}:${inode}`]),
    );
  } else missing.push('kill PID:INODE (util-linux 2.42)');
  if (npm) {
    const installed = await fromRegistry(folder).catch(() => []);
    for (const [name, kill] of installed) kills.set(name, kill);
    if (installed.length === 0) missing.push(...packages);
  }
  return { kills, missing, dispose: () => rmSync(folder, { recursive: true }) };
}

const works = (program: string, ...args: readonly string[]): Promise<boolean> =>
  run(program, ...args).then(
    () => true,
    () => false,
  );

/** True: the impostor felt what was meant for its predecessor. */
export function hits(lab: Lab, kill: Kill): Promise<boolean> {
  return lab.pass(async (target: Actor) => {
    const inode = await target.askNumber('inode', target.pid);
    const impostor = await lab.replace(target);
    if (!impostor) return null;
    await kill(target.pid, inode);
    const felt = await impostor.askNumber('felt');
    await lab.end(impostor);
    return felt > 0;
  });
}
