import assert from 'node:assert/strict';
import { isOwnGroup } from '../../../extension/root/ownGroup';

const passwd = [
  'root:x:0:0:root:/root:/bin/sh',
  'ann:x:1000:1000::/home/ann:/bin/sh',
  'bob:x:1001:1001::/home/bob:/bin/sh',
  '',
].join('\n');
const group = ['root:x:0:', 'ann:x:1000:', 'bob:x:1001:', 'staff:x:50:', ''].join('\n');

/** Ann, among users and groups of which some lines are added. */
const ann = (users = '', groups = '') => ({
  uid: 1000,
  passwd: passwd + users,
  group: group + groups,
});

describe("a group of this user's own", () => {
  it('is that which is named for nobody else', () => {
    assert.equal(isOwnGroup(1000, ann()), true);
  });

  it('may name its user again, also where he has two names', () => {
    const named = { ...ann(), group: 'ann:x:1000:ann\n' };
    assert.equal(isOwnGroup(1000, named), true);
    const twice = ann('anna:x:1000:1000::/home/ann:/bin/sh\n');
    assert.equal(isOwnGroup(1000, { ...twice, group: 'ann:x:1000:ann,anna\n' }), true);
  });

  it('is no other one, though he may be in it', () => {
    assert.equal(isOwnGroup(1001, ann()), false);
    assert.equal(isOwnGroup(50, ann()), false);
    assert.equal(isOwnGroup(50, { ...ann(), group: 'staff:x:50:ann\n' }), false);
  });

  it('is none that others have for their first', () => {
    assert.equal(isOwnGroup(1000, ann('eve:x:1002:1000::/home/eve:/bin/sh\n')), false);
  });

  it('is none in which others are named, in whichever of its lines', () => {
    assert.equal(isOwnGroup(1000, { ...ann(), group: 'ann:x:1000:ann,eve\n' }), false);
    assert.equal(isOwnGroup(1000, ann('', 'friends:x:1000:eve\n')), false);
  });

  it('is none of which the system says nothing, or whose user it does not know', () => {
    assert.equal(isOwnGroup(1000, { ...ann(), group: '' }), false);
    assert.equal(isOwnGroup(1000, { ...ann(), passwd: '' }), false);
  });
});
