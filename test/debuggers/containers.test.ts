import { debuggerOf } from '../../extension/attach/debuggers';
import { extensionApi, rowOf } from '../vscode/extensionApi';
import { Actor } from '../support/actor';
import { adapters } from './adapters';
import { Container } from './container';
import { debug } from './debug';

describe('a debugger out here, and a program in a container', () => {
  afterEach(() => Actor.endAll());

  for (const type of ['lldb-dap', 'gdb', 'go']) {
    it(`${type}: attaches, stops at a breakpoint, evaluates and lets go`, async () => {
      const { program } = await adapters[type]!();
      using container = await Container.start(program);
      const { pid, actor } = container;
      const row = await rowOf(await extensionApi(), pid);
      const root = `/proc/${pid}/root`;
      const configuration = debuggerOf(type, { processId: 1 })!.configure({
        row,
        program: `/proc/${pid}/exe`,
        root,
        nsPid: 2,
        contact: null,
        gdb: null,
      });
      await debug(actor, program, configuration, pid);
    });
  }
});
