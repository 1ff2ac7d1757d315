import { procfs } from '../support/procfs';

/** Processes of the same PID namespace; those that have one number only are in ours. */
export function othersIn(pid: number): number[] {
  const own = procfs.namespace(pid, 'pid');
  const inner = procfs.pids().filter((each) => each !== pid && procfs.numbers(each).length > 1);
  return inner.filter((each) => procfs.namespaceOrGone(each, 'pid') === own);
}
