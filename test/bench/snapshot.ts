// The first table of 5,000 processes, and looking at all of them again, against the same system calls in C and against
// other programs that list processes.
import type { Benchmark } from './runner/benchmark';
import { measureSnapshots } from './runner/snapshots';

export const aims = {
  'snapshot.5k.vs_floor': 1.3,
  'snapshot.5k.vs_ps': 0.6,
  'snapshot.5k.vs_ps_list': 0.3,
  'snapshot.5k.vs_psutil': 0.5,
  'rescan.5k.vs_floor': 0.6,
};
export const names = [
  ...Object.keys(aims),
  'snapshot.5k.vs_pidtree', // numbers and parents only
  'snapshot.5k.vs_systeminformation',
];

export const run: Benchmark['run'] = (options) =>
  measureSnapshots({ ...options, size: 5000, name: 'snapshot.5k', slowRounds: 1 });
