import { chownSync, copyFileSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

/** A root file system that holds busybox alone, below `folder`; both belong to `owner` then. @throws no busybox-static */
export function makeBusyboxRoot(folder: string, owner: number | undefined): string {
  const rootfs = join(folder, 'rootfs');
  mkdirSync(join(rootfs, 'bin'), { recursive: true });
  copyFileSync('/bin/busybox', join(rootfs, 'bin/busybox'));
  for (const name of ['sh', 'cat', 'readlink', 'id'])
    symlinkSync('/bin/busybox', join(rootfs, 'bin', name));
  for (const each of [folder, rootfs]) if (owner !== undefined) chownSync(each, owner, owner);
  return rootfs;
}
