import assert from 'node:assert/strict';
import { constants } from 'node:os';
import { Actor } from '../support/actor';
import { holdUp } from '../support/holdUp';
import { pidReuse } from '../support/pidReuse';
import { rejectsWith } from '../support/rejectsWith';
import { withHost } from '../support/withHost';

const { SIGUSR1 } = constants.signals;

describe('a signal to a group, one by one', () => {
  it('reaches nobody when the number has become the number of another group meanwhile', function () {
    return withHost(async ({ host }) => {
      const parent = await Actor.start();
      await pidReuse.requireRight(this, parent);
      const [leader, anchor, member] = [
        await parent.fork(),
        await parent.fork(),
        await parent.fork(),
      ];
      for (const actor of [leader, anchor, member]) await actor.ask('group', leader.pid);
      for (const actor of [anchor, member]) await actor.ask('handle', SIGUSR1);
      const { key } = await host.request('processes/find', { pid: anchor.pid });
      leader.exit(0);
      await parent.reap(leader);
      const held = await holdUp(this, host.pid, {
        ...{ when: 'before', call: 'pidfd_open', argument: 0, value: member.pid },
      });
      const scope = { kind: 'group' as const };
      const sent = rejectsWith(
        'Gone',
        host.request('signal/send', { key, signal: SIGUSR1, scope }),
      );
      await held.reached;
      // Their group has no member any more, so its number is free; then somebody else leads one with that number.
      for (const actor of [anchor, member]) await actor.ask('group', 0);
      const successor = await parent.place(leader.pid);
      await successor.ask('handle', SIGUSR1);
      await successor.ask('group', 0);
      await member.ask('group', successor.pid);
      await held.letGo();
      await sent;
      for (const actor of [anchor, member, successor]) {
        assert.equal(await actor.askNumber('felt'), 0);
      }
    });
  });
});
