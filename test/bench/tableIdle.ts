// What the live table costs among 5,000 processes that sleep, beside a `ps` each second.
import { execFileSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { Actor } from '../support/actor';
import { LiveTable } from '../support/liveTable';
import type { Benchmark } from './runner/benchmark';
import { cpuMs, familyCpuMs } from './runner/cpuTime';
import { Crowd } from './runner/crowd';
import { figureOf } from './runner/measure';
import { startHost } from './runner/startHost';

export const aims = { 'idle.5k.cpu_ms_per_s': 1, 'idle.5k.vs_ps_each_second': 0.01 };
export const names = Object.keys(aims);

const size = 5000;
const seconds = 60;
/** Code is compiled and garbage collected by then. */
const warmUpMs = 5000;
const psTimes = 5;

/** The native host's; what the extension does with what it is told comes to nothing while nothing happens. */
async function idle(): Promise<number> {
  const host = await startHost();
  await LiveTable.subscribe(host);
  await delay(warmUpMs);
  const before = cpuMs(host.pid);
  await delay(seconds * 1000);
  const perSecond = (cpuMs(host.pid) - before) / seconds;
  await host.close();
  return perSecond;
}

function ps(): number {
  const before = familyCpuMs('self', 'children');
  for (let time = 0; time < psTimes; time++)
    execFileSync('ps', ['-eo', 'pid,ppid,uid,state,lstart,comm,args'], { maxBuffer: 1e9 });
  return (familyCpuMs('self', 'children') - before) / psTimes;
}

/** A minute: once. The crowd ends by itself. */
export const run: Benchmark['run'] = async ({ progress }) => {
  const crowd = new Crowd(size);
  await crowd.keep();
  progress(`a minute among ${size}`);
  const ours = await idle();
  const theirs = ps();
  await Actor.endAll();
  return {
    'idle.5k.cpu_ms_per_s': figureOf([ours], 'ms'),
    'idle.5k.vs_ps_each_second': figureOf([ours / theirs], 'times'),
    'idle.5k.ps_cpu_ms': figureOf([theirs], 'ms'),
  };
};
