import assert from 'node:assert/strict';
import { FramePace, longestFrameMs, shortestFrameMs } from '../../../native-host/table/framePace';

describe('the pace of frames', () => {
  it('is quick for single news', () => {
    const pace = new FramePace(0);
    for (let at = 0; at < 1000; at += 50) assert.equal(pace.after(1, at), shortestFrameMs);
  });

  it('is a tenth of the time where there is no end of them', () => {
    const pace = new FramePace(0);
    const took = 2;
    let [now, busy] = [0, 0];
    while (now < 10_000) {
      busy += took;
      now += took;
      now += pace.after(took, now);
    }
    assert.ok(busy / now > 0.09 && busy / now < 0.11, String(busy / now));
  });

  it('is slow in a storm', () => {
    assert.equal(new FramePace(0).after(1, 1, true), longestFrameMs);
  });

  it('is never slower than it is said to be, and not for longer than it must', () => {
    const pace = new FramePace(0);
    for (let now = 0; now < 10_000; now += 100) assert.ok(pace.after(80, now) <= longestFrameMs);
    assert.equal(pace.after(0.1, 11_000), shortestFrameMs);
  });
});
