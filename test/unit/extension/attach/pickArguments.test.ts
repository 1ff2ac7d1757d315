import assert from 'node:assert/strict';
import { anything, readPickArguments } from '../../../../extension/attach/picking/pickArguments';
import { NothingDone } from '../../../../extension/errors';
import { row } from '../../views/rows';

const server = row(5, 1, {
  comm: 'node',
  exe: '/usr/bin/node',
  args: ['node', 'server.js', '--port=80'],
});

const matches = (filter: unknown, lookedUp = {}) =>
  readPickArguments({ filter }).filter?.select([server], () => lookedUp).length === 1;

describe('the arguments of pidfd.pickProcess', () => {
  it('may be left out', () => {
    for (const given of [undefined, null, {}]) {
      assert.deepEqual(readPickArguments(given), anything);
    }
  });

  it('are none where VS Code gives the configuration, whose type counts', () => {
    const configuration = { type: 'lldb', request: 'attach', name: 'x', user: 7, filter: '(' };
    assert.deepEqual(readPickArguments(configuration), {
      ...anything,
      debugger: 'lldb',
    });
    assert.deepEqual(readPickArguments({ ...configuration, type: 'mine' }), anything);
  });

  it('are taken as they are meant', () => {
    const read = readPickArguments({
      ...{ user: 1000, namespace: 'pid:[4026531836]', container: ' web ' },
      ...{ debugger: 'go', autoPickIfUnique: true, inside: true },
    });
    assert.deepEqual(read, {
      ...{ user: '1000', namespace: { inode: '4026531836' }, container: 'web' },
      ...{ debugger: 'go', autoPickIfUnique: true, inside: true },
    });
    assert.equal(readPickArguments({ namespace: 'ours' }).namespace, 'ours');
    assert.deepEqual(readPickArguments({ namespace: 12 }).namespace, { inode: '12' });
  });

  it('have the number of inside where the debugger is in there', () => {
    const configuration = { type: 'cppdbg', request: 'attach', name: 'x' };
    const pipeTransport = { pipeProgram: 'docker', pipeArgs: ['exec', '-i', 'web'] };
    assert.equal(readPickArguments(configuration).inside, false);
    assert.equal(readPickArguments({ ...configuration, pipeTransport }).inside, true);
  });

  it('say what to wait for', () => {
    const read = (waitFor: unknown) => readPickArguments({ waitFor }).waitFor;
    assert.deepEqual(read('server'), { pattern: 'server', stop: false });
    const stopping = { pattern: '/usr/bin/server', stop: true };
    assert.deepEqual(read(stopping), stopping);
  });

  it('are refused with what is wrong', () => {
    for (const [given, text] of [
      ['node', /must be an object/],
      [[], /must be an object/],
      [{ name: 'x' }, /no argument "name", only filter, user/],
      [{ toString: 1 }, /no argument "toString"/],
      [{ waitFor: 7 }, /must be text, or "pattern"/],
      [{ waitFor: '/(/' }, /No regular expression/],
      [{ waitFor: { pattern: 'x', stop: 1 } }, /must be text/],
      [{ filter: 7 }, /"filter" must be a regular expression/],
      [{ filter: '' }, /"filter" is empty/],
      [{ filter: '(' }, /"filter" is no regular expression: Unterminated group/],
      [{ filter: { name: '(' } }, /"filter.name" is no regular expression/],
      [{ filter: { cwd: 7 } }, /"filter.cwd" must be/],
      [{ filter: { pid: '7' } }, /"filter" has "pid", and knows only name, executable/],
      [{ user: '' }, /"user" must be text/],
      [{ namespace: 'theirs' }, /"namespace" must be "ours" or an inode/],
      [{ container: 7 }, /"container" must be text/],
      [{ debugger: 'gdbb' }, /"gdbb" is not/],
      [{ autoPickIfUnique: 'yes' }, /must be true or false/],
      [{ inside: 1 }, /"inside" must be true or false/],
    ] as const) {
      assert.throws(
        () => readPickArguments(given),
        (error) => error instanceof NothingDone && text.test(error.message),
        JSON.stringify(given),
      );
    }
  });
});

describe('a filter', () => {
  it('looks at name, executable, command line, folder and container', () => {
    assert.equal(matches('^node$'), true);
    assert.equal(matches('bin/node$'), true);
    assert.equal(matches('--port=\\d+'), true);
    assert.equal(matches('shop'), false);
    assert.equal(matches('shop', { cwd: '/srv/shop' }), true);
    assert.equal(matches('shop', { container: 'shop' }), true);
  });

  it('of several must match all, each at its place', () => {
    assert.equal(matches({ name: 'node', commandLine: 'server' }), true);
    assert.equal(matches({ name: 'node', commandLine: 'client' }), false);
    assert.equal(matches({ executable: 'server' }), false);
    assert.equal(matches({ cwd: '.' }), false);
    assert.equal(matches({ cwd: '^/srv' }, { cwd: '/srv' }), true);
  });

  it('may have flags, as in the view', () => {
    assert.equal(matches('NODE'), false);
    assert.equal(matches('/NODE/i'), true);
  });

  it('says what must be looked up for it', () => {
    const needs = (filter: unknown) => {
      const read = readPickArguments({ filter }).filter!;
      return [read.needs('cwd'), read.needs('container')];
    };
    assert.deepEqual(needs('x'), [true, true]);
    assert.deepEqual(needs({ name: 'x' }), [false, false]);
    assert.deepEqual(needs({ cwd: 'x' }), [true, false]);
  });

  it('that takes too long is refused, at once the second time', () => {
    const slow = row(6, 1, { args: [`${'a'.repeat(28)}!`] }); // half a minute without a limit
    const { filter } = readPickArguments({ filter: { commandLine: '(a+)+$' } });
    const select = () => filter?.select([server, slow], () => ({}));
    const refused = new NothingDone(
      'pidfd.pickProcess: "filter" takes too long on these processes. Make it simpler.',
    );
    assert.throws(select, refused);
    const before = performance.now();
    assert.throws(select, refused);
    assert.ok(performance.now() - before < 500);
  });
});
