/** execve(2), and how to be stopped by it. */
import {
  F_DUPFD_CLOEXEC,
  F_SETFD,
  F_SETFL,
  F_SETOWN,
  F_SETSIG,
  O_ASYNC,
  O_CLOEXEC,
  SIG_DFL,
} from './constants.js';
import { Fd } from './fd.js';
import { checked } from './libc.js';

const SIGPIPE = 13;
const SIGSTOP = 19;
const SIGXFSZ = 25;

const pipe2 = checked('pipe2', 'int pipe2(void *fds, int flags)');
const fcntl = checked('fcntl', 'int fcntl(int fd, int command, long argument)');
const signal = checked('signal', 'long signal(int number, long handler)');
const execvp = checked('execvp', 'int execvp(const char *file, const char **args)');

interface Pipe {
  readonly read: Fd;
  readonly write: Fd;
}

/**
 * Stops this process with SIGSTOP inside its next execve, before the first instruction of the new program: without a
 * debugger, without privileges, and not a moment late. The kernel closes what is close-on-exec past the point of no
 * return; the last writer's end then signals the reader's owner (F_SETSIG, fcntl(2)), which is ourselves, and a signal
 * is taken on the way back to user mode. The reader must still be there then, and kernels have closed in either
 * order: so there are two pipes, one of each. @throws SysError EMFILE
 */
export function stopAtExec(): Disposable {
  const readFirst = openPipe();
  const writeFirst = withHigherReader(openPipe());
  const readers = [readFirst.read, writeFirst.read];
  for (const reader of readers) {
    fcntl(reader.number, F_SETOWN, process.pid);
    fcntl(reader.number, F_SETSIG, SIGSTOP);
    fcntl(reader.number, F_SETFL, O_ASYNC);
  }
  return {
    [Symbol.dispose]() {
      for (const reader of readers) fcntl(reader.number, F_SETFL, 0);
      for (const { read, write } of [readFirst, writeFirst]) {
        read[Symbol.dispose]();
        write[Symbol.dispose]();
      }
    },
  };
}

/** Becomes that program, found as execvp(3) does. Returns never. @throws SysError ENOENT, EACCES... */
export function becomeProgram([program, ...args]: readonly [string, ...string[]]): never {
  // Node ignores these two (src/node.cc), and what is ignored stays so.
  signal(SIGPIPE, SIG_DFL);
  signal(SIGXFSZ, SIG_DFL);
  // And makes all that it inherits close-on-exec (uv_disable_stdio_inheritance).
  for (const fd of [0, 1, 2]) fcntl(fd, F_SETFD, 0);
  execvp(program, [program, ...args, null]);
  throw new Error('execvp(3) returned');
}

/** The kernel gives the lowest numbers that are free: the reader comes first. */
function openPipe(): Pipe {
  const fds = Buffer.alloc(8);
  pipe2(fds, O_CLOEXEC);
  return { read: new Fd(fds.readInt32LE(0)), write: new Fd(fds.readInt32LE(4)) };
}

function withHigherReader({ read, write }: Pipe): Pipe {
  using lower = read;
  return { read: new Fd(fcntl(lower.number, F_DUPFD_CLOEXEC, write.number + 1)), write };
}
