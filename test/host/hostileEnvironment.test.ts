// Entries of an environment are anybody's bytes. Node itself is the reference: what it takes for NODE_OPTIONS, we do.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AttachPreflight } from '../../native-host/protocol';
import { buildFixtures } from '../support/buildFixtures';
import type { HostClient } from '../support/hostClient';
import { NodeProgram } from '../support/nodeProgram';
import { withHost } from '../support/withHost';

type Entries = readonly (string | Buffer)[];

/** As large as the kernel takes one, and what native-host/attach/factsReader.ts reads of all. */
const longest = 120 * 1024;
const mostBytes = 2 * 1024 * 1024;

const tells = 'setImmediate(()=>console.log(JSON.stringify(process.env.NODE_OPTIONS)));';
/** With more stack it may have more words, execve(2). */
const moreStack = ['/bin/sh', '-c', 'ulimit -s unlimited && exec "$@"', 'sh'];

const bytesOf = (entries: Entries) =>
  Buffer.concat(entries.map((one) => Buffer.concat([Buffer.from(one), Buffer.alloc(1)])));

/** Entries of so many bytes in all, with their NULs. */
function filling(size: number): string[] {
  const whole = Array.from({ length: Math.floor(size / longest) }, () => longest);
  const sizes = [...whole, size % longest].filter((one) => one > 2);
  return sizes.map((one) => 'F='.padEnd(one - 1, 'x'));
}

async function preflight(host: HostClient, pid: number): Promise<AttachPreflight> {
  const { key } = await host.request('processes/find', { pid });
  await host.request('processes/details', { key });
  return host.request('attach/preflight', { key });
}

describe('a hostile environment', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pidfd-environment-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  /** A Node that has these entries and no others. */
  async function nodeWith(entries: Entries, prefix: readonly string[] = []): Promise<NodeProgram> {
    const file = join(folder, 'environ');
    writeFileSync(file, bytesOf(entries));
    return await NodeProgram.start({ prefix: [...prefix, buildFixtures().environ, file] }, tells);
  }

  async function optionsOf(entries: Entries): Promise<string> {
    await using node = await nodeWith(entries);
    const own = JSON.parse(await node.line()) as string;
    await withHost(async ({ host }) => {
      assert.equal((await preflight(host, node.pid)).facts.nodeOptions, own);
    });
    return own;
  }

  it('comes through as it is: line feeds, escapes, and what turns or draws something', async () => {
    const options = '--conditions="a\n\x1b[31m$(x) [y](command:z) \u202e é" --no-warnings';
    assert.equal(await optionsOf([`NODE_OPTIONS=${options}`]), options);
  });

  it('loses of an entry that is no UTF-8 only the bytes that are none', async () => {
    const bytes = Buffer.from('NODE_OPTIONS=--conditions=a\xff\xfeb', 'latin1');
    assert.match(await optionsOf([Buffer.from([0x42, 0x3d, 0xff]), bytes]), /=a\ufffd+b$/);
  });

  it('has no entry that passes for another: without "=", by a line feed, by its end, or a second time', async () => {
    const others = ['NODE_OPTIONS', 'A=\nNODE_OPTIONS=--inspect=1', 'XNODE_OPTIONS=--inspect=2'];
    const more = [
      'NODE_OPTIONSX=--inspect=3',
      '=',
      '',
      '=NODE_OPTIONS=--inspect=4',
      '\x1b]0;t\x07',
    ];
    const last = ['NODE_OPTIONS=--no-warnings', 'NODE_OPTIONS=--inspect=5'];
    assert.equal(await optionsOf([...others, ...more, ...last]), '--no-warnings');
  });

  it('is read to its end where it has nearly two megabytes, of which nothing else is told', async () => {
    await using node = await nodeWith([...filling(15 * longest), 'NODE_OPTIONS=--no-warnings']);
    await withHost(async ({ host }) => {
      const told = await preflight(host, node.pid);
      assert.equal(told.facts.nodeOptions, '--no-warnings');
      assert.ok(JSON.stringify(host.received).length < 50_000);
    });
  });

  it('is not read without end, and what was cut is not taken for the whole', async () => {
    const options = '--no-warnings --no-deprecation';
    const entries = [...filling(mostBytes - 30), `NODE_OPTIONS=${options}`, ...filling(longest)];
    await using node = await nodeWith(entries, moreStack);
    assert.equal(JSON.parse(await node.line()), options);
    await withHost(async ({ host }) => {
      assert.equal((await preflight(host, node.pid)).facts.nodeOptions, null);
    });
  });
});
