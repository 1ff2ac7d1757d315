import assert from 'node:assert/strict';
import { json } from 'node:stream/consumers';
import { hostEnvironment } from '../../../extension/host/environment';
import { HostProcess } from '../../../extension/host/hostProcess';
import { candidatePrograms, launch } from '../../../extension/host/launch';
import { withVariables } from '../../support/withVariables';
import { FakeClock } from '../views/fakeClock';
import { FakeChild } from './fakeChild';

const log = () => undefined;

describe('hostEnvironment', () => {
  it('keeps what is the user’s and drops what is VS Code’s', () => {
    const own = {
      HOME: '/home/me',
      NODE_OPTIONS: '--inspect',
      ELECTRON_NO_ATTACH_CONSOLE: '1',
      VSCODE_IPC_HOOK: 'x',
      LD_PRELOAD: 'y.so',
    };
    assert.deepEqual(hostEnvironment(own), { HOME: '/home/me', ELECTRON_RUN_AS_NODE: '1' });
  });
});

describe('HostProcess', () => {
  const tells =
    'const { NODE_OPTIONS, VSCODE_PID } = process.env;' +
    'console.log(JSON.stringify([process.cwd(), NODE_OPTIONS ?? null, VSCODE_PID ?? null]))';

  it('runs in / and with the cleaned environment', () =>
    withVariables({ NODE_OPTIONS: '--no-warnings', VSCODE_PID: '1' }, async () => {
      const child = new HostProcess(process.execPath, ['-e', tells], log);
      assert.deepEqual(await json(child.stdout), ['/', null, null]);
      await child.stop();
    }));
});

describe('candidatePrograms', () => {
  it('are the one that the user named, or our own runtime and then node', () => {
    assert.deepEqual(candidatePrograms('/opt/node', '/usr/share/code'), ['/opt/node']);
    assert.deepEqual(candidatePrograms('', '/usr/share/code'), ['/usr/share/code', 'node']);
  });
});

describe('launch', () => {
  it('takes the first program that runs the native host', async () => {
    const tried: string[] = [];
    const spawn = (program: string) => {
      tried.push(program);
      const child = new FakeChild({ answers: program === 'good' });
      if (program === 'bad') setImmediate(() => child.die('exit code 1'));
      return child;
    };
    const { connection } = await launch({ programs: ['bad', 'good', 'never'], spawn, log });
    assert.deepEqual(tried, ['bad', 'good']);
    await connection.stop();
  });

  it('says of each program why it did not serve', async () => {
    const spawn = (program: string) => new HostProcess(program, ['/nowhere.js'], log);
    await assert.rejects(
      launch({ programs: ['/no/such/program', process.execPath], spawn, log }),
      /\/no\/such\/program: .*ENOENT.*; .*exit code 1/,
    );
  });

  it('kills a child that does not leave when its pipe is closed', async () => {
    const stubborn = ['-e', 'setInterval(() => {}, 1000)'];
    const child = new HostProcess(process.execPath, stubborn, log);
    const ended = new Promise<string>((resolve) => child.onExit(resolve));
    await child.stop();
    assert.equal(await ended, 'SIGKILL');
  });

  it('refuses a native host of another version', async () => {
    const spawn = () => {
      const child = new FakeChild({ answers: false });
      child.rpc.onRequest('initialize', () => ({ protocolVersion: 99 }));
      return child;
    };
    const clock = new FakeClock();
    await assert.rejects(
      launch({ programs: ['x'], spawn, log, clock }),
      /protocol 99 instead of 1/,
    );
  });
});
