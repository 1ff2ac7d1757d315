// What guarding costs a debug session, and what it is good for: numbers that change hands between pick and attach, in a
// real VS Code with real debuggers.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inRepository } from '../support/vscode/server';
import type { Counts } from './attach/counts';
import type { Benchmark, RunOptions } from './runner/benchmark';
import { figureOf } from './runner/measure';

export const aims = { 'attach.guard_ms': 20, 'attach.wrong': 0 };
export const names = Object.keys(aims);

/** Each takes a few seconds: ten minutes in all. PIDFD_ATTACH_TRIALS and PIDFD_ATTACH_PEERS say how many else. */
const trials = 120;
const peers = 20;
const limitSeconds = 3600;

async function countInVscode({ rounds, progress }: RunOptions): Promise<Counts> {
  const dir = mkdtempSync(path.join(tmpdir(), 'pidfd-attach-'));
  const file = path.join(dir, 'counts.json');
  const env = {
    PIDFD_ATTACH_TRIALS: String(trials),
    PIDFD_ATTACH_PEERS: String(peers),
    ...process.env,
    PIDFD_ATTACH_ROUNDS: String(rounds),
    PIDFD_ATTACH_COUNTS: file,
    PIDFD_VSCODE_LIMIT: String(limitSeconds),
  };
  const args = [inRepository('scripts/vscodeTests.mjs'), 'newest', 'bench/attach'];
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  child.stdout.on('data', (text: Buffer) => progress(text.toString().trim()));
  try {
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code !== 0) throw new Error(`the trials ended with ${code}`);
    return JSON.parse(readFileSync(file, 'utf8')) as Counts;
  } finally {
    rmSync(dir, { recursive: true });
  }
}

export const run: Benchmark['run'] = async (options) => {
  const { guardMs, guarded, peer, jsDebug } = await countInVscode(options);
  return {
    'attach.guard_ms': figureOf(guardMs, 'ms'),
    'attach.wrong': figureOf([guarded.wrong], 'count'),
    'attach.touched': figureOf([guarded.touched], 'count'),
    'attach.trials': figureOf([guarded.trials], 'runs'),
    'attach.peer_wrong': figureOf([peer.wrong], 'count'),
    'attach.peer_touched': figureOf([peer.touched], 'count'),
    'attach.peer_trials': figureOf([peer.trials], 'runs'),
    'attach.jsdebug_signalled': figureOf([jsDebug.signalled], 'count'),
    'attach.jsdebug_attached': figureOf([jsDebug.attached], 'count'),
    'attach.jsdebug_trials': figureOf([jsDebug.trials], 'runs'),
  };
};
