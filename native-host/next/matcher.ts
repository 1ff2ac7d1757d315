import { basename } from 'node:path';
import type { PidFd } from '../process/pidFd.js';
import { parseArgs } from '../procfs/args.js';
import { readExe } from '../procfs/exe.js';
import { orNull, type ProcRoot } from '../procfs/procRoot.js';
import type { SlowReads } from '../procfs/slowReads.js';
import type { NextPattern } from '../protocol.js';
import { boundedTest, parsePattern } from './boundedTest.js';

/** TASK_COMM_LEN without its NUL, linux/sched.h: longer names are cut. */
const longestComm = 15;
const longestSubject = 1024;

export interface MatcherParts {
  readonly root: ProcRoot;
  readonly slow: SlowReads;
}

/** What is looked at first, since it never waits for the process itself. */
interface Names {
  readonly comm: string;
  readonly exe: string;
}

/** Does that process run what is waited for? Read by number: the caller holds it, and asks afterwards whether it is reaped. */
export class Matcher {
  private readonly regex: RegExp | null;

  /** @throws HostError Invalid: no regular expression */
  constructor(
    private readonly parts: MatcherParts,
    private readonly pattern: NextPattern,
  ) {
    this.regex = pattern.kind === 'regex' ? parsePattern(pattern.source) : null;
  }

  /** By its names alone, within some ten microseconds; null: its arguments decide. @throws HostError Invalid */
  byNames({ pid }: PidFd): boolean | null {
    const { pattern } = this;
    const names = this.names(pid);
    switch (pattern.kind) {
      case 'any':
        return true;
      case 'executable':
        return names.exe === pattern.path;
      case 'name':
        return byName(pattern.name, names);
      case 'regex':
        return boundedTest(this.regex ?? /$^/, subjects(names.comm, names.exe)) || null;
    }
  }

  /** null: they did not come in time. @throws HostError Invalid */
  async byArguments({ pid }: PidFd): Promise<boolean | null> {
    const open = () => this.parts.root.tryOpen(`${pid}/cmdline`);
    const bytes = await this.parts.slow.read(open, longestSubject);
    if (!bytes) return null;
    const { args } = parseArgs(bytes, longestSubject);
    if (this.regex) return boundedTest(this.regex, subjects(args.join(' ')));
    return this.pattern.kind === 'name' && namesScript(this.pattern.name, args);
  }

  private names(pid: number): Names {
    const comm = this.parts.root.tryRead(`${pid}/comm`)?.toString('utf8') ?? '';
    const exe = orNull(() => readExe(this.parts.root, pid))?.path ?? '';
    return { comm: comm.replace(/\n$/, ''), exe };
  }
}

/** A script has its own name in comm and its interpreter's in exe; a long one is told by its arguments. */
function byName(name: string, { comm, exe }: Names): boolean | null {
  if (basename(exe) === name) return true;
  if (Buffer.byteLength(name) <= longestComm) return comm === name;
  return Buffer.from(name).subarray(0, longestComm).toString('utf8') === comm ? null : false;
}

/** `interpreter [OPTION] SCRIPT ...` as execve(2) puts it together. */
const namesScript = (name: string, args: readonly string[]) =>
  args.slice(0, 3).some((argument) => basename(argument) === name);

const subjects = (...texts: string[]) => texts.map((text) => text.slice(0, longestSubject));
