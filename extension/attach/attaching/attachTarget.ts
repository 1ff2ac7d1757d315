import type { AttachFacts, AttachPreflight } from '../../../native-host/protocol';
import type { AttachTarget, Contact } from '../debuggers/debugger';

/** What a configuration is made of, by what the native host saw. Unknown counts as ours: that is what is tried then. */
export function attachTarget(
  { row, facts }: Pick<AttachPreflight, 'row' | 'facts'>,
  contact: Contact | null,
): AttachTarget {
  const isElsewhere = facts.shares.mnt === false;
  return {
    row,
    program: programOf(row.pid, facts),
    root: isElsewhere ? `/proc/${row.pid}/root` : null,
    nsPid: facts.shares.pid === false ? innermost(facts) : null,
    contact,
    gdb: facts.gdb,
  };
}

/**
 * The path that the process has for it may be another file here, or none, or look like a variable, which VS Code would
 * replace (requireLiteral.ts); the kernel's link is always right.
 */
function programOf(pid: number, { exe, exeDeleted, shares }: AttachFacts): string {
  const isOurs = shares.mnt !== false && 'value' in exe && !exeDeleted;
  return isOurs && !exe.value.includes('${') ? exe.value : `/proc/${pid}/exe`;
}

const innermost = ({ numbers }: AttachFacts) =>
  'value' in numbers ? (numbers.value.at(-1) ?? null) : null;
