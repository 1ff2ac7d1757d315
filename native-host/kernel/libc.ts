/**
 * The C library, bound once through koffi. `load(null)` takes the symbols of the running program, so glibc and musl
 * both serve. Every call goes through `checked`, which turns -1 into a SysError in the same tick: koffi's errno is
 * overwritten by anything that runs in between, and it is never reset on success.
 */
import koffi from 'koffi';
import { constants } from 'node:os';
import { SysError } from './sysError.js';

export type CArgument = number | bigint | string | Buffer | null | (string | null)[];
type CFunction = (...args: (CArgument | undefined)[]) => number | bigint;

/**
 * Not `...args`: an array for each call, several layers deep, costs as much as the call. koffi passes on as many as the
 * prototype has.
 */
type Answering = (
  a?: CArgument,
  b?: CArgument,
  c?: CArgument,
  d?: CArgument,
  e?: CArgument,
  f?: CArgument,
) => number;

const library = koffi.load(null);
const mostTries = 100;

/**
 * Binds a function that returns -1 and sets errno on failure, and gives -errno then, as the kernel itself does. For
 * calls whose failure is an answer that comes by the thousand: an exception costs ten times the call. EINTR is retried:
 * no call here may wait for long; nor may we, whatever answers it for ever.
 */
export function answering(prototype: string): Answering {
  const call = library.func(prototype) as unknown as CFunction;
  return (a, b, c, d, e, f) => {
    for (let tries = 1; ; tries++) {
      const result = Number(call(a, b, c, d, e, f));
      if (result !== -1) return result;
      const errno = koffi.errno();
      if (errno !== constants.errno.EINTR || tries === mostTries) return -errno;
    }
  };
}

/** The same, throwing a SysError on failure. No function that is bound here has negative results that are none. */
export function checked(name: string, prototype: string): Answering {
  const call = answering(prototype);
  return (a, b, c, d, e, f) => {
    const result = call(a, b, c, d, e, f);
    if (result < 0) throw new SysError(name, -result);
    return result;
  };
}

/** Binds a system call by number, for those that older C libraries have no wrapper of. */
export function checkedSyscall(name: string, number: number, parameters: string): Answering {
  const call = checked(name, `long syscall(long number, ${parameters})`);
  return (a, b, c, d, e) => call(number, a, b, c, d, e);
}

type AsyncCallback = (error: Error | null, result: number) => void;
type AsyncFunction = CFunction & { async: (...args: [...CArgument[], AsyncCallback]) => void };

/**
 * Binds a function to be called on libuv's thread pool. koffi does not pin the buffers of such calls: whoever passes
 * one must keep it referenced until the callback, or the heap is corrupted.
 */
export function asynchronous(
  prototype: string,
): (args: CArgument[], done: (result: number, errno: number) => void) => void {
  const call = library.func(prototype) as unknown as AsyncFunction;
  return (args, done) =>
    call.async(...args, (error: Error | null, result: number) => {
      const errno = koffi.errno(); // right only here, inside the callback
      if (error) throw error;
      done(result, errno);
    });
}
