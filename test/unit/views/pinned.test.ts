import assert from 'node:assert/strict';
import type { ProcessUsage, TargetToken } from '../../../native-host/protocol';
import { TargetsModel, type Target } from '../../../views/targets/model';
import { PinnedFigures } from '../../../views/targets/pinnedFigures';
import { PinnedStatusBar, type PinnedStatus } from '../../../views/targets/pinnedStatus';
import { Sampler } from '../../../views/usage/sampler';
import { FakeClock } from './fakeClock';
import { FakeHost } from './fakeHost';
import { keyOf, row } from './rows';
import { usage } from './usages';

function make() {
  const host = new FakeHost();
  const clock = new FakeClock();
  const uses: Partial<ProcessUsage> = { cpu: 0.5 };
  host.on('processes/sample', ({ keys }) => ({ usages: keys.map((key) => usage(key, uses)) }));
  const sampler = new Sampler(host, clock, assert.fail);
  const model = new TargetsModel();
  const hold = (pid: number, why: Target['why'] = 'pinned', comm = `name${pid}`) => {
    const token = `t${pid}` as TargetToken;
    const target = model.add(token, row(pid, null, { comm }), 0, why);
    model.held(token, target.row);
    return target;
  };
  const asked = () => host.asked.map(({ params }) => params);
  return { host, clock, uses, sampler, model, hold, asked };
}

describe('figures of pinned processes', () => {
  function withFigures() {
    const made = make();
    const outdated: Target[] = [];
    const tell = (target: Target) => outdated.push(target);
    const figures = new PinnedFigures(made.model, made.sampler, made.clock, tell);
    return { ...made, figures, outdated };
  }

  it('are asked for while the list is visible, of those that are pinned and live', async () => {
    const { clock, model, hold, asked, figures } = withFigures();
    const [pinned, ended] = [hold(1), hold(2)];
    hold(3, 'waiting');
    model.ended(ended.token, 0, { kind: 'exited', code: 0 }, 'pidfd');
    await clock.advance(10_000);
    assert.deepEqual(asked(), []);
    figures.setVisible(true);
    await clock.advance(0);
    assert.deepEqual(asked(), [{ keys: [keyOf(1)] }]);
    assert.equal(figures.draw(pinned), '50 % · 1.0 MB');
    assert.equal(figures.draw(ended), '');
    figures.setVisible(false);
    await clock.advance(10_000);
    assert.equal(asked().length, 1);
  });

  it('redraw a row that shows something else, but not under the pointer', async () => {
    const { clock, uses, hold, figures, outdated } = withFigures();
    const [one, other] = [hold(1), hold(2)];
    figures.setVisible(true);
    await clock.advance(0);
    for (const target of outdated) figures.draw(target);
    await clock.advance(1000);
    assert.deepEqual(outdated, [other, one]);
    figures.hover(other);
    Object.assign(uses, { cpu: 0.7 });
    await clock.advance(3000);
    assert.deepEqual(outdated.slice(2), [one]);
  });
});

describe('the pinned process in the status bar', () => {
  function withStatus(isOn = true) {
    const made = make();
    const setting = { isOn };
    const shown: (PinnedStatus | undefined)[] = [];
    const place = {
      show: (status: PinnedStatus | undefined) => shown.push(status),
      dispose: () => 0,
    };
    const bar = new PinnedStatusBar(made.model, made.sampler, place, () => setting.isOn);
    return { ...made, bar, setting, text: () => shown.at(-1)?.text };
  }

  it('asks and shows nothing while it is off', async () => {
    const { clock, hold, asked, text } = withStatus(false);
    hold(1);
    await clock.advance(10_000);
    assert.deepEqual(asked(), []);
    assert.equal(text(), undefined);
  });

  it('shows the one that was pinned last, until it is gone', async () => {
    const { clock, model, hold, asked, text } = withStatus();
    hold(1);
    assert.equal(text(), '$(pinned) name1');
    await clock.advance(0);
    assert.equal(text(), '$(pinned) name1 · 50 % · 1.0 MB');
    const last = hold(2, 'pinned', '$(flame)');
    await clock.advance(1000);
    assert.equal(text(), '$(pinned) \\$(flame) · 50 % · 1.0 MB');
    model.remove(last.token);
    assert.match(text() ?? '', /name1/);
    model.remove('t1' as TargetToken);
    assert.equal(text(), undefined);
    const before = asked().length;
    await clock.advance(10_000);
    assert.equal(asked().length, before);
  });

  it('follows the setting', async () => {
    const { clock, bar, setting, hold, asked, text } = withStatus();
    hold(1);
    setting.isOn = false;
    bar.update();
    assert.equal(text(), undefined);
    await clock.advance(10_000);
    assert.deepEqual(asked(), []);
  });
});
