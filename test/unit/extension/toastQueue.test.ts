import assert from 'node:assert/strict';
import { ToastQueue } from '../../../extension/waits/toastQueue';
import { FakeClock, settled } from '../views/fakeClock';

function make() {
  const clock = new FakeClock();
  const shown: number[][] = [];
  const close: (() => void)[] = [];
  const queue = new ToastQueue<number>(clock, (items) => {
    shown.push([...items]);
    return new Promise((resolve) => close.push(resolve));
  });
  return { clock, shown, close, queue };
}

describe('ToastQueue', () => {
  it('never shows more than three: the third sums up', async () => {
    const { clock, shown, queue } = make();
    for (let i = 0; i < 1000; i++) queue.add(i);
    assert.deepEqual(shown, [[0], [1]]);
    await clock.advance(1000);
    assert.equal(shown.length, 3);
    assert.equal(shown[2]!.length, 998);
    for (let i = 0; i < 5; i++) queue.add(i);
    await clock.advance(5000);
    assert.equal(shown.length, 3);
  });

  it('goes on when one is closed, and loses nothing', async () => {
    const { clock, shown, close, queue } = make();
    for (let i = 0; i < 4; i++) queue.add(i);
    await clock.advance(300);
    queue.add(4);
    close[2]!();
    await settled();
    await clock.advance(300);
    assert.deepEqual(shown, [[0], [1], [2, 3], [4]]);
  });

  it('takes a toast that nobody closed for hidden after a while', async () => {
    const { clock, shown, queue } = make();
    for (let i = 0; i < 4; i++) queue.add(i);
    await clock.advance(13_000);
    queue.add(9);
    assert.deepEqual(shown.at(-1), [9]);
  });
});
