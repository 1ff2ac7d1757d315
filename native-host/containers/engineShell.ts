import type { ContainerEngine } from '../protocol.js';
import { cliOf } from './engineCli.js';

/** A word that no engine takes for an option, and no terminal for anything else. */
const plain = /^[A-Za-z0-9][\w.@-]*$/;

/** A shell in the container by its own engine; null where the engine has no such command, or the name is no plain word. */
export function engineShell(
  engine: ContainerEngine | null,
  id: string | null,
  name: string | null,
): readonly string[] | null {
  const who = id ?? name;
  if (engine === null || who === null || !plain.test(who)) return null;
  switch (engine) {
    case 'docker':
    case 'podman':
    case 'containerd':
    case 'kubernetes':
    case 'crio': {
      const cli = cliOf(engine);
      return id === null || cli === null ? null : [cli, 'exec', '-it', id, 'sh'];
    }
    case 'lxc':
      return ['lxc-attach', '-n', who];
    case 'nspawn':
      return ['machinectl', 'shell', who];
    case 'flatpak':
      return ['flatpak', 'enter', who, 'sh'];
    default:
      return null;
  }
}

/** By the runtime alone, where no engine is above it. `root`: its state directory. */
export function runtimeShell(
  runtime: string,
  root: string,
  name: string,
): readonly string[] | null {
  return plain.test(name) ? [runtime, '--root', root, 'exec', '-t', name, 'sh'] : null;
}
