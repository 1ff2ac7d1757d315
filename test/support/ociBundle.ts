import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeBusyboxRoot } from './busyboxRoot';
import { skipBecause } from './results';
import { patient } from './sandbox';

interface Spec {
  process: { terminal: boolean; args: readonly string[] };
  root: { readonly: boolean };
  hostname: string;
  linux: { cgroupsPath?: string };
}

export interface BundleOptions {
  readonly hostname: string;
  readonly cgroupsPath?: string;
  /** Who runs it, if not root: has the bundle, and a directory for runc's state. */
  readonly owner?: number | undefined;
}

/** A container on disk: the root file system holds busybox alone, the rest is as `runc spec` has it. */
export class OciBundle implements Disposable {
  private constructor(readonly path: string) {}

  static make(context: Mocha.Context, { hostname, cgroupsPath, owner }: BundleOptions): OciBundle {
    const path = mkdtempSync(join(tmpdir(), 'pidfd-bundle-'));
    try {
      chmodSync(path, 0o755);
      makeBusyboxRoot(path, owner);
      const as = owner === undefined ? {} : { uid: owner, gid: owner };
      const isRoots = owner === undefined && process.getuid?.() === 0;
      const rootless = isRoots ? [] : ['--rootless'];
      execFileSync('runc', ['spec', ...rootless], { cwd: path, stdio: 'pipe', ...as });
    } catch (error) {
      rmSync(path, { recursive: true, force: true });
      skipBecause(context, `no runc, or no busybox-static: ${String(error)}`);
    }
    const file = join(path, 'config.json');
    const spec = JSON.parse(readFileSync(file, 'utf8')) as Spec;
    Object.assign(spec.process, { terminal: false, args: patient });
    Object.assign(spec, { hostname });
    if (cgroupsPath !== undefined) spec.linux.cgroupsPath = cgroupsPath;
    writeFileSync(file, JSON.stringify(spec));
    return new OciBundle(path);
  }

  run(name: string, prefix: readonly string[] = []): string[] {
    return [...prefix, 'env', `XDG_RUNTIME_DIR=${this.path}`, 'runc', 'run', '-b', this.path, name];
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
