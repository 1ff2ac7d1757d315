import { access, constants, readdir } from 'node:fs/promises';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { messageText } from '../../views/escape';
import { l10n } from '../../views/l10n';
import { NothingDone } from '../errors';
import type { HostCommand } from '../signals/sudoCommand';
import { changeable } from './changeable';

/** Before root runs the native host: nobody but root and this user may have had a hand in what that is. @throws NothingDone */
export async function requireOwn({ program, script }: HostCommand): Promise<void> {
  for (const file of [await find(program), ...(await bundle(script))]) {
    const doubtful = await changeable(file);
    if (doubtful !== null) throw new NothingDone(refusal(file, doubtful));
  }
}

const refusal = (file: string, doubtful: string) =>
  l10n.t(
    'Root would run {0}, and others than you and root may change {1}. Nothing was done. Take their right to write away, or use sudo in a terminal of your own.',
    messageText(file),
    messageText(doubtful),
  );

/** All of ours that it loads stands beside it; the libraries of the system are believed. */
async function bundle(script: string): Promise<string[]> {
  const folder = dirname(script);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}

/** As a shell finds it. @throws NothingDone */
async function find(program: string): Promise<string> {
  if (isAbsolute(program)) return program;
  for (const folder of (process.env['PATH'] ?? '').split(delimiter).filter(isAbsolute)) {
    const found = join(folder, program);
    if (await isExecutable(found)) return found;
  }
  throw new NothingDone(
    l10n.t('{0} is not found on PATH. Nothing was done.', messageText(program)),
  );
}

const isExecutable = (path: string) =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
