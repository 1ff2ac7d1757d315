import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { BridgedPort } from '../../extension/attach/bridged/bridgedPort';
import type { HostApi } from '../../views/hostApi';
import { asNobody } from '../support/asNobody';
import { eventually } from '../support/eventually';
import type { HostClient } from '../support/hostClient';
import { NodeProgram, ownNetwork } from '../support/nodeProgram';
import { ownNetworks } from '../support/ownNetworks';
import { procfs } from '../support/procfs';
import { withHost } from '../support/withHost';

const listener = { address: '127.0.0.1', port: 5005 };

/** Waits for a debugger when told to, says who comes and what he sends, and answers him. */
const waiting = `
  const server = require('net').createServer((debuggerOf) => {
    console.log('met');
    debuggerOf.on('error', () => {}).on('data', (text) => {
      console.log('heard ' + text);
      debuggerOf.write('from ' + process.pid);
    });
  });
  process.stdin.on('data', (text) => {
    if (String(text) === 'once') server.once('connection', () => server.close());
    if (String(text) === 'close') server.close(() => console.log('closed'));
    else server.listen(5005, '127.0.0.1', () => console.log('waits'));
  });`;

/** Of one who comes to a port here: what he is answered, or that he is cut. */
const visit = `
  const near = require('net').connect(+process.argv[1], '127.0.0.1', () => near.write('hello'));
  near.on('data', (text) => (console.log(String(text)), near.destroy()));
  near.on('error', () => {}).on('close', () => console.log('cut'));`;

function ask(port: number, address = '127.0.0.1'): Promise<string> {
  return new Promise((resolve) => {
    const near = connect(port, address, () => near.write('hello'));
    near.on('data', (text: Buffer) => (resolve(text.toString()), near.destroy()));
    near.on('error', ({ code }: NodeJS.ErrnoException) =>
      resolve(code === 'ECONNREFUSED' ? code : 'cut'),
    );
    near.on('close', () => resolve('cut'));
  });
}

async function askAs(prefix: readonly string[], port: number): Promise<string> {
  const [command = '', ...args] = [...prefix, process.execPath, '-e', visit, String(port)];
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (text: Buffer) => (said += text.toString()));
  await once(child, 'close');
  return said.split('\n')[0] ?? '';
}

async function waits(prefix: readonly string[], how = 'wait'): Promise<NodeProgram> {
  const program = await NodeProgram.start({ prefix }, waiting);
  if (how !== '') await tell(program, how, 'waits');
  return program;
}

async function tell(program: NodeProgram, what: string, answer: string): Promise<void> {
  program.say(what);
  assert.equal(await program.line(), answer);
}

/** In the same network, and at first without any port. */
const another = ({ pid }: NodeProgram) => waits(['nsenter', `--net=/proc/${pid}/ns/net`], '');

async function open(host: HostClient, { pid }: { readonly pid: number }) {
  const row = await host.request('processes/find', { pid });
  const said: string[] = [];
  const notes = { say: (text: string) => said.push(text), warn: (line: string) => said.push(line) };
  const bridged = await BridgedPort.open(host as unknown as HostApi, row, listener, notes);
  return {
    ...{ said, port: bridged.port },
    [Symbol.asyncDispose]: () => bridged.release(),
  };
}

describe('a port here that leads to one in another network', () => {
  before(function () {
    ownNetworks(this);
  });

  it('lets this user through, both ways and again, and leaves nothing behind', () =>
    withHost(async ({ host, assertNoFdLeak }) => {
      await using program = await waits(ownNetwork);
      await using bridged = await open(host, program);
      for (let times = 0; times < 2; times++) {
        assert.equal(await ask(bridged.port), `from ${program.pid}`);
        assert.deepEqual([await program.line(), await program.line()], ['met', 'heard hello']);
      }
      assert.equal(await ask(bridged.port, '127.0.0.2'), 'ECONNREFUSED', 'at no other address');
      await bridged[Symbol.asyncDispose]();
      assert.equal(await ask(bridged.port), 'ECONNREFUSED');
      assert.deepEqual(procfs.children(host.pid), []);
      assert.deepEqual(bridged.said, []);
      await assertNoFdLeak();
    }));

  it('cuts every other user before a byte goes through', function () {
    const nobody = asNobody(this);
    return withHost(async ({ host }) => {
      await using program = await waits(ownNetwork);
      await using bridged = await open(host, program);
      assert.equal(await askAs(nobody, bridged.port), 'cut');
      assert.match(bridged.said.join(), /not known to be this user, and was cut/);
      assert.equal(await askAs([], bridged.port), `from ${program.pid}`);
      const heard = [await program.line(), await program.line()];
      assert.deepEqual(heard, ['met', 'heard hello'], 'of one alone');
      assert.equal(await askAs(nobody, bridged.port), 'cut', 'each is asked about anew');
      await tell(program, 'close', 'closed'); // and had met nobody else
    });
  });

  it('leads to nobody else who has the port by then', () =>
    withHost(async ({ host }) => {
      await using program = await waits(ownNetwork);
      await using impostor = await another(program);
      await using bridged = await open(host, program);
      await tell(program, 'close', 'closed');
      await tell(impostor, 'wait', 'waits');
      assert.equal(await ask(bridged.port), 'cut');
      assert.match(
        bridged.said.join(),
        /does not wait for a debugger at port 5005 of its network any more/,
      );
      await tell(impostor, 'close', 'closed'); // and had met nobody
    }));

  it('leads to nobody when the process has ended', () =>
    withHost(async ({ host }) => {
      const program = await waits(ownNetwork);
      await using impostor = await another(program);
      await using bridged = await open(host, program);
      await program[Symbol.asyncDispose]();
      await tell(impostor, 'wait', 'waits');
      assert.equal(await ask(bridged.port), 'cut');
      assert.match(bridged.said.join(), /has ended/);
      await tell(impostor, 'close', 'closed');
    }));

  it('says that it is closed where the bridge is gone', () =>
    withHost(async ({ host }) => {
      await using program = await waits(ownNetwork);
      await using bridged = await open(host, program);
      const [child = 0] = procfs.children(host.pid);
      const { args } = await host.request('processes/find', { pid: child });
      const folder = dirname(args.find((word) => word.endsWith('/socket')) ?? '');
      assert.match(folder, /pidfd-bridge-/);
      assert.ok(existsSync(folder));
      process.kill(child, 'SIGKILL'); // of our own host
      await eventually('it is collected', () => procfs.children(host.pid).length === 0);
      await eventually('its folder is gone', () => !existsSync(folder));
      assert.equal(await ask(bridged.port), 'cut');
      assert.match(bridged.said.join(), /The way to .* in its network is closed/);
    }));

  it('is for one debugger where the process takes but one', () =>
    withHost(async ({ host }) => {
      await using program = await waits(ownNetwork, 'once');
      await using bridged = await open(host, program);
      assert.equal(await ask(bridged.port), `from ${program.pid}`);
      assert.equal(await ask(bridged.port), 'cut');
      assert.match(bridged.said.join(), /does not wait/);
    }));
});
