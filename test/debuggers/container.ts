import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Actor } from '../support/actor';
import type { Debuggee } from '../support/debuggees';
import { procfs } from '../support/procfs';

/** Only what programs need to start. */
const system = [
  ...[
    '--ro-bind',
    '/usr',
    '/usr',
    '--symlink',
    'usr/lib',
    '/lib',
    '--symlink',
    'usr/lib64',
    '/lib64',
  ],
  ...['--proc', '/proc', '--dev', '/dev', '--tmpfs', '/tmp'],
];

function innermost(pid: number): number {
  const [child] = procfs.children(pid);
  return child === undefined ? pid : innermost(child);
}

/** A program in namespaces of its own, where its file is another than that of the same name out here. */
export class Container implements Disposable {
  private constructor(
    /** Who speaks with it. */
    readonly actor: Actor,
    /** Out here. */
    readonly pid: number,
    private readonly folder: string,
  ) {}

  /** The program is `/app/main` in there, and nothing out here. */
  static async start({ command }: Debuggee, prefix: readonly string[] = []): Promise<Container> {
    const folder = mkdtempSync(join(tmpdir(), 'pidfd-app-'));
    const [executable, , ...args] = command;
    copyFileSync(executable, join(folder, 'main'));
    const files = args
      .filter((arg) => arg.startsWith('/'))
      .flatMap((arg) => ['--ro-bind', arg, arg]);
    const bwrap = [
      ...['bwrap', '--unshare-pid', '--unshare-net', '--unshare-ipc', '--die-with-parent'],
      ...[...system, '--ro-bind', folder, '/app', ...files],
      ...['/app/main', ...args],
    ];
    const actor = await Actor.start();
    await actor.exec('/usr/bin/env', ...['env', ...prefix, ...bwrap]);
    return new Container(actor, innermost(actor.pid), folder);
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
