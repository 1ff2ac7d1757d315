import { attachTo } from './configuration';
import type { Debugger } from './debugger';
import { gdbCommands, lldbCommands, nativeKinds, unlessEmpty } from './gdbFamily';

/** Native Debug by WebFreak. */
const webFreak = {
  extension: 'webfreak.debug',
  kinds: nativeKinds,
  number: { attribute: 'target', form: 'text' },
  proof: 'tracer',
  isElsewhere: ({ remote, ssh }: Record<string, unknown>) => Boolean(remote ?? ssh),
} as const;

export const nativeGdb: Debugger = {
  ...webFreak,
  type: 'gdb',
  configure: (target) => ({
    ...attachTo('gdb', target),
    target: String(target.row.pid),
    executable: target.program,
    cwd: '/',
    ...unlessEmpty('autorun', gdbCommands(target)),
  }),
};

export const nativeLldb: Debugger = {
  ...webFreak,
  type: 'lldb-mi',
  configure: (target) => ({
    ...attachTo('lldb-mi', target),
    target: String(target.row.pid),
    executable: target.program,
    cwd: '/',
    ...unlessEmpty('autorun', lldbCommands(target)),
  }),
};
