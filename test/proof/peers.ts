// What other tools do when the number that they were told has changed hands.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Lab } from './lab';
import type { Outcome } from './outcome';

/** Sends a signal to the process that was seen. `inode` is what util-linux names it by. */
type Kill = (pid: number, inode: number) => Promise<void>;

export interface Peers {
  readonly kills: ReadonlyMap<string, Kill>;
  /** Those that could not be had. */
  readonly missing: readonly Missing[];
  dispose(): void;
}

export interface Missing {
  readonly name: string;
  readonly why: string;
}

const run = (program: string, ...args: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    execFile(program, args, (error, stdout, stderr) => {
      if (error) reject(new Error(stderr.trim() || error.message));
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
  const missing: Missing[] = [];
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
  else missing.push({ name: 'pkill', why: 'no such program' });
  const { version } = (await run('/bin/kill', '--version').catch(() => '')).match(
    /util-linux (?<version>[\d.]+)/,
  )?.groups ?? { version: '' };
  if (version && Number(version.split('.')[1]) >= 42) {
    kills.set(
      'kill PID:INODE',
      tool('/bin/kill', (pid, inode) => ['-TERM', `${pid}:${inode}`]),
    );
  } else {
    const why = `it came with util-linux 2.42; here ${version ? `is ${version}` : 'kill(1) is none of it'}`;
    missing.push({ name: 'kill PID:INODE', why });
  }
  if (npm) {
    try {
      for (const [name, kill] of await fromRegistry(folder)) kills.set(name, kill);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      for (const name of packages) missing.push({ name, why });
    }
  }
  return { kills, missing, dispose: () => rmSync(folder, { recursive: true }) };
}

const works = (program: string, ...args: readonly string[]): Promise<boolean> =>
  run(program, ...args).then(
    () => true,
    () => false,
  );

/** Wrong: the impostor felt what was meant for its predecessor. */
export function hits(lab: Lab, kill: Kill): Promise<Outcome> {
  return lab.pass(async () => {
    const target = await lab.target();
    const inode = await target.askNumber('inode', target.pid);
    const impostor = await lab.replace(target);
    if (!impostor) return null;
    await kill(target.pid, inode);
    const impostorFelt = await impostor.askNumber('felt');
    await lab.end(impostor);
    const wrong = impostorFelt > 0;
    return { wrong, refused: !wrong, targetFelt: !Lab.endedAsTold(target), impostorFelt };
  });
}
