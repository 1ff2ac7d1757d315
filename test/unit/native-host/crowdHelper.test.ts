import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { CrowdHelper } from '../../../native-host/table/crowdHelper';

const root = resolve(__dirname, '../../../native-host');
const script = join(root, 'main.js');

describe('CrowdHelper', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crowd-helper-'));
  const said: string[] = [];
  const log = (text: string) => void said.push(text);

  /** A native host whose helper is this program. A thread that was given up may load its file long after. */
  function withHelper(source: string): string {
    const own = mkdtempSync(join(folder, 'host-'));
    writeFileSync(join(own, 'crowdReader.js'), source);
    return join(own, 'main.js');
  }

  beforeEach(() => said.splice(0));
  after(() => rmSync(folder, { recursive: true }));

  it('reads what processes run, in order, and nothing of nobody', async () => {
    using helper = new CrowdHelper(script, log);
    const answers = await Promise.all([
      helper.programs([process.pid, 4194305]),
      helper.programs([1]),
    ]);
    const [own, other] = answers;
    assert.deepEqual(own?.exes, [process.execPath, null]);
    const line = readFileSync('/proc/self/cmdline', 'utf8').replace(/\0+$/, '');
    assert.deepEqual(own?.commands, [line.slice(0, 4096), null]);
    assert.deepEqual(own?.cuts, [line.length >= 4096, false]);
    assert.equal(other?.commands.length, 1);
    assert.deepEqual(said, []);
  });

  it('says that it cannot tell where it does not start', async () => {
    using helper = new CrowdHelper(join(folder, 'missing', 'main.js'), log);
    assert.equal(await helper.programs([1]), null);
    assert.equal(await helper.programs([1]), null);
    assert.equal(said.length, 1);
  });

  it('says that it cannot tell where it hangs', async () => {
    const main = withHelper(`
      const { parentPort } = require('node:worker_threads');
      parentPort.on('message', (pids) => pids || parentPort.close());`);
    using helper = new CrowdHelper(main, log, { startMs: 50, readMs: 20 });
    assert.deepEqual(await Promise.all([helper.programs([1]), helper.programs([1])]), [null, null]);
    assert.match(said.join(), /hangs/);
  });

  it('lets go of who waits when it is dismissed', async () => {
    const helper = new CrowdHelper(script, log);
    const asked = helper.programs([1]);
    helper[Symbol.dispose]();
    assert.equal(await asked, null);
    assert.deepEqual(said, []);
  });

  it('does not keep the process from ending, even where the kernel holds it', async () => {
    const fifo = join(folder, 'fifo'); // opening one for reading waits for a writer
    execFileSync('mkfifo', [fifo]);
    const open = `require('node:fs').openSync(${JSON.stringify(fifo)}, 'r')`;
    const main = withHelper(
      `require('node:worker_threads').parentPort.postMessage('[]'); ${open};`,
    );
    const child = spawn(process.execPath, [
      '-e',
      `const { CrowdHelper } = require('${root}/table/crowdHelper.js');
       const { exitNow } = require('${root}/kernel/exitNow.js');
       const helper = new CrowdHelper(${JSON.stringify(main)}, () => undefined);
       helper.programs([1]).then(() => exitNow(7));`,
    ]);
    const [code] = (await once(child, 'exit')) as [number | null];
    assert.equal(code, 7);
  });
});
