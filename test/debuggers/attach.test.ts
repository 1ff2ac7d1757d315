import { Actor } from '../support/actor';
import { become } from '../support/debuggees';
import { extensionApi } from '../vscode/extensionApi';
import { adapters } from './adapters';
import { debug } from './debug';

describe('a debugger that is given a number', () => {
  before(extensionApi); // it is there, and has a hand in every session
  afterEach(() => Actor.endAll());

  for (const [type, adapter] of Object.entries(adapters)) {
    it(`${type}: attaches, stops at a breakpoint, evaluates and lets go`, async () => {
      const { program, configure } = await adapter();
      const actor = await become(await Actor.start(), program);
      await debug(actor, program, configure(actor.pid));
    });
  }
});
