import { readdirSync, readFileSync } from 'node:fs';

/** Milliseconds that all threads of a process have run; those that have ended are not counted. */
export function cpuMs(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const ran = threads.map((tid) =>
    Number(readFileSync(`/proc/${pid}/task/${tid}/schedstat`, 'latin1').split(' ')[0]),
  );
  return ran.reduce((sum, ns) => sum + ns, 0) / 1e6;
}

const tickMs = 10; // USER_HZ is 100 on all that we run on

/** Milliseconds that a process and the children that it has collected have run, in whole ticks. */
export function familyCpuMs(pid: number | 'self', which: 'all' | 'children'): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [user, system, childUser, childSystem] = fields.slice(11, 15).map(Number);
  const children = (childUser ?? 0) + (childSystem ?? 0);
  return (children + (which === 'all' ? (user ?? 0) + (system ?? 0) : 0)) * tickMs;
}
