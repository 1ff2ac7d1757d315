import assert from 'node:assert/strict';
import { sparkline } from '../../../views/usage/sparkline';
import { usageFacts } from '../../../views/usage/usageFacts';
import { bytesText, usageText } from '../../../views/usage/usageText';
import { keyOf } from './rows';
import { usage } from './usages';

describe('texts of what a process uses', () => {
  it('have two to three digits', () => {
    const texts = [0, 999, 1000, 34.6 * 2 ** 20, 999.6 * 2 ** 20, 1.26 * 2 ** 30].map(bytesText);
    assert.deepEqual(texts, ['0 B', '999 B', '1 kB', '35 MB', '1.0 GB', '1.3 GB']);
  });

  it('leave out what a process at rest does not use', () => {
    const text = (cpu: number | null, rss: number) => usageText(usage(keyOf(1), { cpu, rss }));
    assert.equal(text(0.004, 2 ** 21), '2.0 MB');
    assert.equal(text(null, 2 ** 21), '2.0 MB');
    assert.equal(text(1.999, 2 ** 31), '200 % · 2.0 GB');
    assert.equal(text(0.5, 0), '50 %');
    assert.equal(text(0, 0), '');
  });

  it('say what is not known', () => {
    const facts = usageFacts(usage(keyOf(1), { cpu: null, io: { unknown: 'permission' } }), {
      unknown: 'permission',
    });
    const values = facts.map(({ value }) => value);
    assert.equal(values[0], 'not measured yet');
    assert.match(values[1] ?? '', /^1\.0 MB resident; .*unknown \(/);
    assert.match(values[2] ?? '', /^unknown \(/);
  });
});

describe('sparkline', () => {
  const svg = (address: string | undefined) =>
    Buffer.from(address?.split(',')[1] ?? '', 'base64').toString();

  it('draws nothing of one sample', () => {
    assert.equal(sparkline([{ cpu: 1, rss: 1 }]), undefined);
  });

  it('ends at the right with the newest sample', () => {
    const text = svg(
      sparkline([
        { cpu: null, rss: 0 },
        { cpu: 0.5, rss: 10 },
        { cpu: 2, rss: 10 },
      ]),
    );
    assert.match(text, /points="173\.9,35\.0 176\.9,26\.5 180\.0,1\.0"/);
    assert.ok(!text.includes('NaN'));
  });
});
