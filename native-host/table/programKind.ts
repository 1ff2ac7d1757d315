import { basename } from 'node:path';
import type { ProcessKind } from '../protocol.js';

const interpreters: readonly (readonly [RegExp, ProcessKind])[] = [
  [/^(node|nodejs|iojs|bun|deno)$/, 'node'],
  [/^(python|pypy)[\d.]*$/, 'python'],
  [/^java$/, 'java'],
  [/^dotnet$/, 'dotnet'],
  [/^(ruby|jruby|truffleruby)[\d.]*$/, 'ruby'],
  [/^(ba|da|a|z|fi|k|mk|tc|c)?sh$|^busybox$/, 'shell'],
];

/** What runs, by the executable's file name; by the kernel's short name where the executable is unreadable. */
export function programKind(exe: string | null, comm: string): ProcessKind {
  const name = exe === null ? comm : basename(exe);
  return interpreters.find(([pattern]) => pattern.test(name))?.[1] ?? 'native';
}
