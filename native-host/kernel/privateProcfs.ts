/** fsopen(2), fsconfig(2), fsmount(2): a procfs of our own, mounted nowhere. */
import {
  FSCONFIG_CMD_CREATE,
  FSCONFIG_SET_FD,
  FSCONFIG_SET_STRING,
  FSMOUNT_CLOEXEC,
  FSOPEN_CLOEXEC,
  MOUNT_ATTR_HARMLESS,
  SYS,
} from './constants.js';
import { Fd } from './fd.js';
import { openDirectory } from './files.js';
import { checkedSyscall } from './libc.js';

const fsopen = checkedSyscall('fsopen', SYS.fsopen, 'const char *type, unsigned int flags');
const fsconfig = checkedSyscall(
  'fsconfig',
  SYS.fsconfig,
  'int context, unsigned int command, const char *key, const char *value, int auxiliary',
);
const fsmount = checkedSyscall(
  'fsmount',
  SYS.fsmount,
  'int context, unsigned int flags, unsigned int attributes',
);

/**
 * The processes of a PID namespace under their numbers there; without one, of our own. Linux 5.8 (`subset=pid`), for
 * another namespace 6.18 (`pidns=`, EINVAL before). Needs CAP_SYS_ADMIN (EPERM), for another namespace over the user
 * namespace that owns it, and there it must be ours or below it.
 * `all` has what is no process, too, such as sys/.
 */
export function openPrivateProcfs(namespace: Fd | null, subset: 'pid' | 'all' = 'pid'): Fd {
  using context = new Fd(fsopen('proc', FSOPEN_CLOEXEC));
  const { number } = context;
  if (subset === 'pid') fsconfig(number, FSCONFIG_SET_STRING, 'subset', 'pid', 0);
  if (namespace) fsconfig(number, FSCONFIG_SET_FD, 'pidns', null, namespace.number);
  fsconfig(number, FSCONFIG_CMD_CREATE, null, null, 0);
  using mount = new Fd(fsmount(number, FSMOUNT_CLOEXEC, MOUNT_ATTR_HARMLESS));
  return openDirectory('.', mount); // the mount itself is O_PATH, which cannot be listed; this keeps it
}
