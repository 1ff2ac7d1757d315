import assert from 'node:assert/strict';
import { judge } from '../../soak/aims';

const half = { minutes: 30, pairs: 1_000_000, translations: 1_000_000 };

const good: Readonly<Record<string, number>> = {
  'soak.fd_slope': 0,
  'soak.fds_left': 0,
  'soak.rss_slope_mb_per_h': -0.36,
  'soak.lost_exits': 0,
  'soak.wrong': 0,
  'soak.unanswered': 0,
  'soak.p99_ms': 16,
  'soak.forks_per_s': 209,
  'soak.translations': 1_000_000,
  'soak.pairs': 1_000_000,
};

describe('the aims of the soak', () => {
  it('are met by half an hour in which all went well', () => {
    assert.deepEqual(judge(good, half), { missed: [], notJudged: [] });
  });

  it('are each missed by a figure that is not good enough, and by none', () => {
    for (const [name, value] of Object.entries(good)) {
      const isLeast = value > 100;
      const other = isLeast ? value * 0.9 : 51;
      for (const worse of [other, NaN]) {
        const { missed } = judge({ ...good, [name]: worse }, half);
        assert.equal(missed.length, 1, name);
        assert.match(
          missed[0] ?? '',
          new RegExp(`^${name}: .*, at ${isLeast ? 'least' : 'most'} `),
        );
      }
    }
  });

  it('are a million of each from half an hour on, and before that what was asked for', () => {
    const few = { ...good, 'soak.pairs': 5000, 'soak.translations': 7000 };
    const asked = { pairs: 5000, translations: 7000 };
    assert.equal(judge(few, { ...asked, minutes: 30 }).missed.length, 2);
    assert.deepEqual(judge(few, { ...asked, minutes: 5 }).missed, []);
    const more = { pairs: 5001, translations: 7001 };
    assert.equal(judge(few, { ...more, minutes: 5 }).missed.length, 2);
  });

  it('are not judged by memory before twenty minutes, and that is said', () => {
    const grows = { ...good, 'soak.rss_slope_mb_per_h': 30 };
    const { missed, notJudged } = judge(grows, { ...half, minutes: 19 });
    assert.deepEqual(missed, []);
    assert.match(notJudged.join(), /^soak\.rss_slope_mb_per_h: 30: it takes 20 minutes to say$/);
    assert.equal(judge(grows, { ...half, minutes: 20 }).missed.length, 1);
  });
});
