import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { get } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { constants } from 'node:os';
import { NodeInspector } from '../../extension/attach/nodeInspector/nodeInspector';
import type { OpenInspector } from '../../extension/attach/nodeInspector/openInspector';
import { describeError } from '../../extension/errors';
import type { Method, Params, ProcessRow } from '../../native-host/protocol';
import type { HostApi } from '../../views/hostApi';
import type { Actor } from '../support/actor';
import { buildFixtures } from '../support/buildFixtures';
import { children } from '../support/children';
import { knock, pidBehind, untilCut } from '../support/devtools';
import { eventually } from '../support/eventually';
import type { HostClient } from '../support/hostClient';
import { NodeProgram, ownNetwork } from '../support/nodeProgram';
import { patience } from '../support/patience';
import { pidReuse } from '../support/pidReuse';
import { ownNetworks } from '../support/ownNetworks';
import { procfs } from '../support/procfs';
import { someone } from '../support/sandbox';
import { withHost } from '../support/withHost';

const { SIGUSR1 } = constants.signals;
/** Half a second is for a machine that does nothing else. */
const patientMs = 8000;
const ownHandler = "process.on('SIGUSR1',()=>console.log('felt'));";

const apiOf = (host: HostClient) => host as unknown as HostApi;

const rowOf = (host: HostClient, pid: number): Promise<ProcessRow> =>
  host.request('processes/find', { pid });

async function open(
  host: HostClient,
  { pid }: { readonly pid: number },
  ms = patientMs,
): Promise<OpenInspector> {
  return new NodeInspector(apiOf(host), ms).open(await rowOf(host, pid));
}

async function refusal(opening: Promise<OpenInspector>): Promise<string> {
  try {
    const { websocketAddress } = await opening;
    assert.fail(`it was opened: ${websocketAddress}`);
  } catch (error) {
    return describeError(error).text;
  }
}

/** Whoever asks `method` waits for the answer until he is let go: the world can change meanwhile. */
function heldBack(host: HostClient, method: Method) {
  const moments = new EventEmitter();
  const [reached, goesOn] = [once(moments, 'reached'), once(moments, 'letGo')];
  const request = async <M extends Method>(asked: M, params: Params<M>) => {
    const answer = await host.request(asked, params);
    if (asked === method && moments.emit('reached')) await goesOn;
    return answer;
  };
  return { api: { request } as HostApi, reached, letGo: () => moments.emit('letGo') };
}

/** Its children look like a Node whose inspector has any free port, and count what they feel. */
async function likeNodes(): Promise<Actor> {
  const parent = await children.own();
  await parent.exec(buildFixtures().actor, 'node', '--inspect-port=0');
  await parent.ask('handle', SIGUSR1);
  return parent;
}

describe('the inspector of a running Node', () => {
  it('is opened, found where it really is, used, and closed again', () =>
    withHost(async ({ host }) => {
      await using node = await NodeProgram.start({ node: ['--inspect-port=0'] });
      const inspector = await open(host, node);
      assert.equal(inspector.isOurs, true);
      assert.equal(await pidBehind(inspector.websocketAddress), node.pid);
      const other = inspector.websocketAddress.replace(/[0-9a-f]{12}$/, '0123456789ab');
      assert.equal(await knock(other), 400, 'nobody else is meant');
      await inspector.close();
      assert.equal(await knock(inspector.websocketAddress), 'ECONNREFUSED');
      await inspector.release();
      assert.equal(node.hasEnded, false);
      const again = await open(host, node);
      assert.equal(await knock(again.websocketAddress), 101);
    }));

  it('is taken as it is where it is open, and nothing is sent', () =>
    withHost(async ({ host }) => {
      await using node = await NodeProgram.start({ node: ['--inspect=0'] }, ownHandler);
      const inspector = await open(host, node);
      assert.equal(inspector.isOurs, false);
      assert.equal(await pidBehind(inspector.websocketAddress), node.pid);
      const { key } = await rowOf(host, node.pid);
      await host.request('signal/send', { key, signal: 10 });
      assert.equal(await node.line(), 'felt');
    }));

  it('is found by NODE_OPTIONS', () =>
    withHost(async ({ host }) => {
      await using node = await NodeProgram.start({ env: { NODE_OPTIONS: '--inspect-port=0' } });
      const inspector = await open(host, node);
      assert.equal(await pidBehind(inspector.websocketAddress), node.pid);
    }));

  it('is found where the program itself has opened it', () =>
    withHost(async ({ host }) => {
      const code = "require('inspector').open(0,'127.0.0.1');";
      await using node = await NodeProgram.start({ node: ['--inspect-port=0'] }, code);
      const inspector = await open(host, node, 300);
      assert.equal(await pidBehind(inspector.websocketAddress), node.pid);
      assert.equal(inspector.isOurs, false);
    }));

  it('is refused where its port belongs to another, and nothing is sent', () =>
    withHost(async ({ host }) => {
      const taken = createServer().listen(0, '127.0.0.1');
      await once(taken, 'listening');
      const { port } = taken.address() as AddressInfo;
      const options = { node: [`--inspect-port=${port}`] };
      await using node = await NodeProgram.start(options, ownHandler);
      const text = await refusal(open(host, node));
      taken.close();
      assert.match(text, new RegExp(`port ${port} belongs to .*\\(pid ${process.pid}\\)`));
      await once(taken, 'close');
      const { key } = await rowOf(host, node.pid);
      await host.request('signal/send', { key, signal: 10 });
      assert.equal(await node.line(), 'felt', 'the first one');
    }));

  it('is given up in half a second where the program has a handler of its own', () =>
    withHost(async ({ host }) => {
      await using node = await NodeProgram.start({ node: ['--inspect-port=0'] }, ownHandler);
      const felt = node.line();
      const start = performance.now();
      const inspector = new NodeInspector(apiOf(host));
      assert.match(
        await refusal(inspector.open(await rowOf(host, node.pid))),
        /has opened no inspector\. The program has a handler of its own/,
      );
      assert.ok(performance.now() - start >= 490);
      assert.equal(await felt, 'felt');
    }));

  it('is told of where it opens only after it was given up', () =>
    withHost(async ({ host }) => {
      const sleep = "console.log('busy');require('child_process').execSync('sleep 1.5')";
      const busy = `setTimeout(()=>{${sleep}},100);`;
      await using node = await NodeProgram.start({ node: ['--inspect-port=0'] }, busy);
      assert.equal(await node.line(), 'busy');
      const late = new Promise<OpenInspector>((resolve) => {
        const opening = new NodeInspector(apiOf(host), 50, resolve);
        void rowOf(host, node.pid).then((row) => refusal(opening.open(row)));
      });
      const inspector = await late;
      assert.ok(inspector.isOurs && (await inspector.isStillOpen()));
      await inspector.close();
    }));

  it('is refused to whom the signal would end', () =>
    withHost(async ({ host }) => {
      const child = await children.own();
      assert.match(await refusal(open(host, child)), /does not catch SIGUSR1.*Nothing was sent/);
      await child.ask('pid');
    }));

  it('is refused where the process is stopped', () =>
    withHost(async ({ host }) => {
      await using node = await NodeProgram.start({ node: ['--inspect-port=0'] });
      const { key } = await rowOf(host, node.pid);
      await host.request('signal/send', { key, signal: 19 });
      await eventually('stopped', () => procfs.stat(node.pid)?.state === 'T');
      assert.match(await refusal(open(host, node)), /is stopped.*Continue it first/);
      await host.request('signal/send', { key, signal: 18 });
    }));

  it('is refused where the process has ended', () =>
    withHost(async ({ host }) => {
      const node = await NodeProgram.start({});
      const row = await rowOf(host, node.pid);
      await node[Symbol.asyncDispose]();
      assert.match(await refusal(new NodeInspector(apiOf(host)).open(row)), /has ended/);
    }));

  it('is never opened in another process that has the number by now', function () {
    return withHost(async ({ host }) => {
      const before = ({ pid }: Actor) => rowOf(host, pid);
      await pidReuse.recycle(this, await likeNodes(), before, async (impostor, row) => {
        assert.match(await refusal(new NodeInspector(apiOf(host)).open(row)), /has ended/);
        assert.equal(await impostor.askNumber('felt'), 0);
      });
    });
  });

  it('is opened in nobody when the number changes hands just before the signal', function () {
    return withHost(async ({ host }) => {
      const before = async ({ pid }: Actor) => {
        const { api, reached, letGo } = heldBack(host, 'sockets/listening'); // the last question
        const refused = refusal(new NodeInspector(api).open(await rowOf(host, pid)));
        await Promise.race([reached, refused]); // too early a refusal says something else
        return { refused, letGo };
      };
      await pidReuse.recycle(this, await likeNodes(), before, async (impostor, told) => {
        told.letGo();
        assert.match(await told.refused, /has ended/);
        assert.equal(await impostor.askNumber('felt'), 0);
      });
    });
  });

  describe('in another network namespace', () => {
    it('is reached by a bridge that lets through whoever knows the UUID', function () {
      ownNetworks(this);
      return withHost(async ({ host, assertNoFdLeak }) => {
        await using node = await NodeProgram.start({ prefix: ownNetwork });
        const inspector = await open(host, node);
        assert.equal(inspector.port, 9229);
        assert.equal(await pidBehind(inspector.websocketAddress), node.pid);
        const url = new URL(inspector.websocketAddress);
        assert.notEqual(url.port, '9229');
        assert.equal(await knock(url.href.replace(/[0-9a-f]{12}$/, '0123456789ab')), 'ECONNRESET');
        await assert.rejects(list(url), 'nobody learns the UUID here');
        url.hostname = '127.0.0.2';
        assert.equal(await knock(url.href), 'ECONNREFUSED', 'it listens at one address');
        await inspector.release();
        await assertNoFdLeak();
        assert.equal(await knock(inspector.websocketAddress), 'ECONNREFUSED');
        await inspector.close();
        assert.equal(await inspector.isStillOpen(), false);
      });
    });

    it('cuts who says nothing, or too little, within 5 s, and is reached meanwhile', function () {
      ownNetworks(this);
      return withHost(async ({ host }) => {
        await using node = await NodeProgram.start({ prefix: ownNetwork });
        const inspector = await open(host, node);
        const { websocketAddress } = inspector;
        const cut = [untilCut(websocketAddress, ''), untilCut(websocketAddress, 'GET /')];
        assert.equal(await pidBehind(websocketAddress), node.pid, 'meanwhile');
        for (const ms of await Promise.all(cut)) {
          assert.ok(ms < 5000 + 2000 * patience, `${ms} ms`);
        }
        await inspector.release();
      });
    });

    it('is refused where 9229 belongs to another Node there', function () {
      ownNetworks(this);
      return withHost(async ({ host }) => {
        await using first = await NodeProgram.start({ prefix: ownNetwork, node: ['--inspect'] });
        const prefix = ['nsenter', `--net=/proc/${first.pid}/ns/net`];
        await using second = await NodeProgram.start({ prefix }, ownHandler);
        const text = await refusal(open(host, second));
        assert.match(text, new RegExp(`port 9229 belongs to node \\(pid ${first.pid}\\)`));
        const inspector = await open(host, first);
        assert.equal(inspector.isOurs, false);
        assert.equal(await pidBehind(inspector.websocketAddress), first.pid);
        await inspector.release();
      });
    });

    it('is reached as an ordinary user in his own sandbox', async function () {
      ownNetworks(this);
      const rootless = [...someone, 'unshare', '--user', '--map-root-user'];
      await using node = await NodeProgram.start({ prefix: [...rootless, ...ownNetwork.slice(1)] });
      await withHost(async ({ host }) => {
        const inspector = await open(host, node);
        assert.equal(await pidBehind(inspector.websocketAddress), node.pid);
        await inspector.close();
        await inspector.release();
      }, someone);
    });
  });
});

const list = (url: URL) =>
  new Promise((resolve, reject) => {
    get({ host: url.hostname, port: url.port, path: '/json/list', agent: false }, resolve)
      .on('error', reject)
      .end();
  });
