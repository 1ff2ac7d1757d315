import assert from 'node:assert/strict';
import { Actor } from '../support/actor';
import { become, goesOn } from '../support/debuggees';
import { eventually } from '../support/eventually';
import { procfs } from '../support/procfs';
import { adapters } from './adapters';
import { Sessions } from './sessions';

/** Nobody traces it, and it runs. */
async function isFree(actor: Actor): Promise<void> {
  await eventually('nobody traces it', () => procfs.status(actor.pid, 'TracerPid')?.[0] === '0');
  await goesOn(actor);
}

describe('a debugger that is given a number', () => {
  afterEach(() => Actor.endAll());

  for (const [type, adapter] of Object.entries(adapters)) {
    it(`${type}: attaches, stops at a breakpoint, evaluates and lets go`, async () => {
      const { program, configure } = await adapter();
      const actor = await become(await Actor.start(), program);
      const before = await actor.askNumber('count');
      await using sessions = new Sessions();
      sessions.breakAt(program.source, program.line);
      assert.ok(await sessions.start(configure(actor.pid)));
      const stop = await sessions.stopped();
      assert.ok(Number(await sessions.evaluate(stop, 'count')) > before);
      await sessions.detach();
      await isFree(actor);
    });
  }
});
