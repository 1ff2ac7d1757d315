import { execFileSync } from 'node:child_process';
import { skipBecause } from './results';

/**
 * A command prefix that runs what follows in a mount namespace of its own, after `script` has changed what is mounted.
 * `unshare`: further namespaces, and the options that go with them.
 */
function prefix(
  context: Mocha.Context,
  script: string,
  ...unshare: readonly string[]
): readonly string[] {
  if (process.getuid?.() !== 0) skipBecause(context, 'only root changes what is mounted');
  const words = ['unshare', '--mount', ...unshare, 'sh', '-c', `${script} && exec "$@"`, 'sh'];
  const [program = '', ...args] = words;
  try {
    execFileSync(program, [...args, 'true'], { stdio: 'ignore' });
  } catch (error) {
    skipBecause(context, `nothing can be mounted here: ${String(error)}`);
  }
  return words;
}

export const mountNamespaces = { prefix };
