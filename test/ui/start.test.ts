import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eventually } from '../support/eventually';
import { procfs } from '../support/procfs';
import { inRepository, repository } from '../support/vscode/server';

/** `npm start`, with an npm that builds nothing: all is built when this suite runs. */
describe('npm start', () => {
  let dir: string;
  let started: ChildProcess | undefined;
  let said = '';

  beforeEach(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'pidfd-start-'));
    said = '';
    layCommand('npm');
  });

  afterEach(async () => {
    if (started?.exitCode === null && started.signalCode === null) await interrupt(started);
    rmSync(dir, { recursive: true });
  });

  const callsOf = (name: string) => readFileSync(path.join(dir, `${name}.calls`), 'utf8');

  function layCommand(name: string): void {
    const file = path.join(dir, name);
    writeFileSync(file, `#!/bin/sh\necho "$@" >>"$0.calls"\n`);
    chmodSync(file, 0o755);
  }

  function start(...words: string[]): ChildProcess {
    // None but ours are found; and we may run in a terminal of VS Code.
    const env: NodeJS.ProcessEnv = { ...process.env, PATH: dir, INIT_CWD: '/usr' };
    delete env.VSCODE_IPC_HOOK_CLI;
    started = spawn(process.execPath, [inRepository('scripts/start.mjs'), ...words], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [started.stdout, started.stderr])
      stream?.on('data', (bytes: Buffer) => (said += bytes.toString()));
    return started;
  }

  async function interrupt(child: ChildProcess): Promise<unknown> {
    const exited = once(child, 'exit');
    child.kill('SIGINT'); // our own child, not collected yet
    return (await exited)[0];
  }

  for (const command of ['code', 'code-insiders', 'codium']) {
    it(`opens the desktop's ${command} with the extension, in the folder where it was called`, async () => {
      layCommand(command);
      assert.deepEqual(await once(start(), 'exit'), [0, null], said);
      assert.equal(callsOf('npm'), 'run --silent build\n');
      const expected = `--new-window --extensionDevelopmentPath=${repository} /usr\n`;
      assert.equal(callsOf(command), expected);
    });
  }

  it("serves VS Code's own to whoever has the address, and ends all of it by Ctrl+C", async function () {
    this.timeout(120_000);
    layCommand('code');
    const child = start('--browser');
    const address = await eventually(
      'the address',
      () => {
        assert.equal(child.exitCode, null, said);
        return /http:\S+/.exec(said)?.[0];
      },
      90_000,
    );
    const { origin, searchParams } = new URL(address);
    assert.match(origin, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.equal(searchParams.get('folder'), '/usr');
    const status = async (url: string) => (await fetch(url, { redirect: 'manual' })).status;
    assert.equal(await status(address), 302);
    assert.equal(await status(origin), 403);
    const all = descendants(child.pid ?? 0);
    assert.ok(all.size > 0);
    assert.equal(await interrupt(child), 130);
    await eventually('all have ended', () => [...all].every(hasEnded), 10_000);
  });
});

type Started = readonly [pid: number, startTicks: string];

function descendants(root: number): Map<number, string> {
  const found = new Map<number, string>();
  for (const pids = [root]; pids.length > 0;) {
    for (const pid of procfs.children(pids.pop() ?? 0)) {
      found.set(pid, procfs.stat(pid)?.startTicks ?? '');
      pids.push(pid);
    }
  }
  return found;
}

const hasEnded = ([pid, startTicks]: Started) => procfs.stat(pid)?.startTicks !== startTicks;
