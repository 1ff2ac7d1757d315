import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { startedProgram } from '../../../native-host/next/startedProgram';

describe('which program a command becomes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pidfd-started-'));
  after(() => rmSync(folder, { recursive: true }));
  const node = process.execPath;
  const name = basename(node);

  function script(called: string, text: string): string {
    const path = join(folder, called);
    writeFileSync(path, text);
    chmodSync(path, 0o755);
    return path;
  }

  it('is its executable, behind links, by what is in it', async () => {
    const link = join(folder, 'renamed');
    symlinkSync(node, link);
    assert.deepEqual(await startedProgram([link, 'x']), { words: [link, 'x'], name, kind: 'node' });
    const path = script('node', '\x7fno program');
    assert.equal((await startedProgram(['/bin/sh', path])).kind, 'native');
  });

  it('is not known of what is no file: nobody may ever write into a pipe', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', ['-m', '755', pipe]);
    for (const path of [pipe, folder]) {
      assert.deepEqual(await startedProgram([path]), { words: [path], name: null, kind: null });
    }
  });

  it('is the interpreter of a script, with the words that it gets', async () => {
    const path = script('direct', `#! ${node} --no-warnings \nx`);
    const words = [node, '--no-warnings', path, 'x'];
    assert.deepEqual(await startedProgram([path, 'x']), { words, name, kind: 'node' });
    const outer = script('outer', `#!${path}\n`);
    const both = [node, '--no-warnings', path, outer];
    assert.deepEqual((await startedProgram([outer])).words, both);
  });

  it('is what the kernel makes of a first line, to the letter', async () => {
    const almost = 'a'.repeat(255 - '#!/bin/echo '.length);
    for (const line of [
      ...['\n', ' \n', '\ta\tb\n', ' a b \n', ' a\r\n', ' é\u202e\n'],
      ...['', ' ', ' a', ' a b \t'], // the file ends before the line
      ...[' \0', '\0 b\n', ' \0b\n', ' a\0b\n', ' a \0b\n'],
      ...[` ${almost}\n`, ` ${almost}`, ` ${almost}\0`, ` ${almost} b`, ` ${almost.slice(1)} b`],
      ...[` ${'a'.repeat(300)}\n`, `${' '.repeat(300)}a`],
    ]) {
      const path = script('lines', `#!/bin/echo${line}`);
      const { words } = await startedProgram([path, 'x']);
      const said = execFileSync(path, ['x'], { encoding: 'utf8' });
      assert.equal(`${words.slice(1).join(' ')}\n`, said, JSON.stringify(line));
    }
  });

  it('is not known where the kernel finds none, or a shell has to guess', async () => {
    const truncated = `#!/${'a'.repeat(300)}`;
    for (const text of [`#!${node}\r\nx`, '#!node\nx', truncated, '#!\n', 'exit 0\n']) {
      const path = script('node', text);
      const [{ name, kind }, run] = [await startedProgram([path]), spawnSync(path, [])];
      assert.ok(run.error !== undefined || run.status !== 1, text); // Node would not understand it
      assert.deepEqual({ name, kind }, { name: null, kind: null }, text);
    }
  });

  it('is what env runs, in its plain forms', async () => {
    for (const [line, words] of [
      ['#!/usr/bin/env node', ['node']],
      ['#!/usr/bin/env -S node --no-warnings', ['node', '--no-warnings']],
    ] as const) {
      const path = script('env', `${line}\n`);
      const started = await startedProgram([path, 'x']);
      assert.deepEqual(started, { words: [...words, path, 'x'], name: 'node', kind: 'node' });
    }
    for (const line of ['#!/usr/bin/env -S A=1 node', '#!/usr/bin/env -S node "a b"']) {
      assert.equal((await startedProgram([script('other', `${line}\n`)])).kind, 'native');
    }
    assert.deepEqual((await startedProgram(['env', 'node', 'a.js'])).words, ['node', 'a.js']);
  });

  it('is not known where there is none, or it never comes to an end', async () => {
    for (const program of ['there-is-no-such-program', '/there/is/none', folder]) {
      const nothing = { words: [program], name: null, kind: null };
      assert.deepEqual(await startedProgram([program]), nothing);
    }
    const path = join(folder, 'endless');
    script('endless', `#!${path}\n`);
    assert.equal((await startedProgram([path])).kind, null);
  });
});
