// What the live table costs among 5,000 processes that sleep, in a real window, beside a `ps` each second. The native host
// and what the extension host takes more than without the view count; what it takes alone is given, too.
import { execFileSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { Actor } from '../support/actor';
import { nativeHost } from '../ui/nativeHost';
import { ProcessesTree } from '../ui/tree';
import type { Benchmark } from './runner/benchmark';
import type { BenchExtension } from './runner/benchExtension';
import { BenchWorkbench, leaveFunction } from './runner/benchWorkbench';
import { cpuMs, familyCpuMs } from './runner/cpuTime';
import { Crowd } from './runner/crowd';
import { figureOf } from './runner/measure';

export const aims = { 'idle.5k.cpu_ms_per_s': 1, 'idle.5k.vs_ps_each_second': 0.01 };
export const names = Object.keys(aims);

const size = 5000;
const seconds = 60;
const bareSeconds = 20;
/** Code is compiled and garbage collected by then. */
const warmUpMs = 10_000;
const hiddenMs = 3000;
const psTimes = 5;

/** Says which process the extension host is. */
const whereabouts = (dir: string): BenchExtension => ({
  name: 'whereabouts',
  activationEvents: ['onStartupFinished'],
  source: `${leaveFunction(dir)}; exports.activate = () => leave('pid.json', process.pid);`,
});

/** Milliseconds a second, of each. */
async function costs(pids: readonly number[], forSeconds: number): Promise<number[]> {
  const before = pids.map(cpuMs);
  await delay(forSeconds * 1000);
  return pids.map((pid, index) => (cpuMs(pid) - (before[index] ?? 0)) / forSeconds);
}

async function openCollapsed({ workbench }: BenchWorkbench): Promise<void> {
  await workbench.openView('Processes');
  const tree = new ProcessesTree(workbench);
  await tree.rows.first().waitFor();
  await tree.clickTitle('Collapse All');
}

async function measure(crowd: Crowd): Promise<{ bare: number; extension: number; host: number }> {
  await using bench = await BenchWorkbench.start((dir) => [whereabouts(dir)]);
  const pid = await bench.take<number>('pid.json');
  await delay(warmUpMs);
  await crowd.keep();
  await openCollapsed(bench);
  await delay(warmUpMs);
  const [extension = NaN, host = NaN] = await costs([pid, nativeHost()], seconds);
  await bench.workbench.openView('Explorer'); // ours is hidden then, and costs nothing
  await delay(hiddenMs);
  const [bare = NaN] = await costs([pid], bareSeconds);
  return { bare, extension, host };
}

function ps(): number {
  const before = familyCpuMs('self', 'children');
  for (let time = 0; time < psTimes; time++)
    execFileSync('ps', ['-eo', 'pid,ppid,uid,state,lstart,comm,args'], { maxBuffer: 1e9 });
  return (familyCpuMs('self', 'children') - before) / psTimes;
}

/** A minute: once. The crowd ends by itself. */
export const run: Benchmark['run'] = async ({ progress }) => {
  progress(`a minute among ${size}`);
  const crowd = new Crowd(size);
  const { bare, extension, host } = await measure(crowd);
  await crowd.keep();
  const theirs = ps();
  await Actor.endAll();
  const ours = host + Math.max(0, extension - bare);
  return {
    'idle.5k.cpu_ms_per_s': figureOf([ours], 'ms'),
    'idle.5k.vs_ps_each_second': figureOf([ours / theirs], 'times'),
    'idle.5k.native_host_ms_per_s': figureOf([host], 'ms'),
    'idle.5k.extension_host_ms_per_s': figureOf([extension], 'ms'),
    'idle.5k.extension_host_alone_ms_per_s': figureOf([bare], 'ms'),
    'idle.5k.ps_cpu_ms': figureOf([theirs], 'ms'),
  };
};
