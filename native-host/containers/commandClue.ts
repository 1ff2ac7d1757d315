/** What the command lines of engines' helpers say of the container below them. Anybody may call a program so: a clue. */
import type { ContainerEngine } from '../protocol.js';

export interface Clue {
  readonly engine: ContainerEngine | null;
  readonly id: string | null;
  readonly name: string | null;
}

const idPattern = /^[0-9a-f]{64}$/;

function after(args: readonly string[], ...options: string[]): string | null {
  const at = args.findIndex((arg) => options.includes(arg));
  return at < 0 ? null : (args[at + 1] ?? null);
}

function assigned(args: readonly string[], option: string): string | null {
  const found = args.find((arg) => arg.startsWith(`${option}=`));
  return found ? found.slice(option.length + 1) : after(args, option);
}

const idOf = (text: string | null): string | null => (text && idPattern.test(text) ? text : null);

type Reader = (args: readonly string[]) => Clue | null;

const readers: Readonly<Record<string, Reader>> = {
  conmon: (args) => {
    const [id, name] = [idOf(after(args, '-c', '--cid')), after(args, '-n', '--name')];
    return id === null ? null : { engine: 'podman', id, name };
  },
  'containerd-shim-runc-v2': (args) => {
    const id = after(args, '-id');
    const engine = after(args, '-namespace') === 'moby' ? 'docker' : 'containerd';
    return id === null ? null : { engine, id: idOf(id), name: idOf(id) ? null : id };
  },
  'systemd-nspawn': (args) => {
    const name = assigned(args, '--machine') ?? after(args, '-M');
    return { engine: 'nspawn', id: null, name };
  },
  bwrap: (args) => ({ engine: 'bubblewrap', id: null, name: after(args, '--hostname') }),
};

/** null: no helper of an engine that we know. `args` as /proc/PID/cmdline has them. */
export function commandClue(args: readonly string[]): Clue | null {
  const [program = ''] = args;
  const monitor = /^\[lxc monitor\] \S+ (\S+)$/.exec(args.join(' ').trim());
  if (monitor?.[1]) return { engine: 'lxc', id: null, name: monitor[1] };
  const base = program.slice(program.lastIndexOf('/') + 1);
  return Object.hasOwn(readers, base) ? (readers[base]?.(args) ?? null) : null;
}
