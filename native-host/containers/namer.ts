/** Finds out what a container is called, from what costs least to what costs most; each container is asked for once. */
import { basename } from 'node:path';
import type { ProcRoot } from '../procfs/procRoot.js';
import { parseStat } from '../procfs/stat.js';
import type {
  ContainerEngine,
  GivenName,
  NameSource,
  ProcessKey,
  ProcessRow,
} from '../protocol.js';
import type { CgroupLabel } from './cgroupLabel.js';
import { commandClue, type Clue } from './commandClue.js';
import { looksLikeDevContainer } from './devFolder.js';
import { cliOf } from './engineCli.js';
import type { EngineMemory } from './engineMemory.js';
import { engineShell, runtimeShell } from './engineShell.js';
import { mountClue } from './mountClue.js';
import {
  containerdName,
  crioName,
  dockerName,
  podmanName,
  runtimeState,
  type Places,
  type StoredName,
} from './stateFiles.js';

/** A container as far as it is known. */
export interface Subject {
  readonly label: CgroupLabel | null;
  readonly first: ProcessRow;
  /** Parent, grandparent... of the first. */
  readonly ancestors: readonly ProcessRow[];
}

export interface Naming {
  readonly name: GivenName;
  readonly engineShell: readonly string[] | null;
  readonly engineName: string | null;
}

const shortId = (id: string) => id.slice(0, 12);

/** Ids and names by engine; `said` is who said it. */
interface Known extends Clue {
  readonly said: NameSource;
}

/** What can be said at once, from rows and paths that were read anyway. */
export function nameAtOnce(subject: Subject): Naming {
  const known = clueOf(subject);
  const program = ofProgram(subject.first);
  if (known && (known.id ?? known.name) !== null) return naming(known);
  return naming({ ...program, engine: known?.engine ?? null });
}

function clueOf({ label, ancestors }: Subject): Known | null {
  const command = ancestors
    .slice(0, 3)
    .map(({ args }) => commandClue(args))
    .find((one) => one !== null);
  if (label?.id) {
    const name = command?.id === label.id ? command.name : null;
    return { engine: label.engine, id: label.id, name, said: name === null ? 'cgroup' : 'init' };
  }
  if (label && label.engine !== 'systemd') return { ...label, said: 'cgroup' };
  if (command) return { ...command, said: 'init' };
  return label && { ...label, said: 'cgroup' };
}

/** Nobody calls it anything: what runs there first. */
function ofProgram({ args, comm }: ProcessRow): Known {
  const name = basename(args[0] ?? '') || comm;
  return { engine: null, id: null, name, said: 'init' };
}

function naming({ engine, id, name, said }: Known, devFolder: string | null = null): Naming {
  const text = devFolder ?? name ?? (id === null ? '?' : shortId(id));
  const shown = devFolder === null ? engine : 'devcontainer';
  return {
    name: { text, source: said, engine: shown },
    engineShell: engineShell(engine, id, name),
    engineName: devFolder === null ? null : name,
  };
}

/**
 * Podman knows its own user's containers alone, starts a process that stays when it is asked, and has its name in the
 * command line of conmon; but it writes no labels into files.
 */
function isWorthAsking(
  engine: ContainerEngine | null,
  isCalled: boolean,
  { first, ancestors }: Subject,
): boolean {
  if (engine !== 'podman') return !isCalled;
  const isOwn = [first, ...ancestors].some(({ uid }) => uid === process.geteuid?.());
  return isOwn && (!isCalled || looksLikeDevContainer(first.args));
}

/** The part of ProcessOpener that is needed here. */
interface NumberOpener {
  readonly tryNumber: (pid: number) => (Disposable & { readonly key: ProcessKey }) | null;
}

export interface NamerParts {
  readonly root: Pick<ProcRoot, 'tryRead' | 'tryReadWhole'>;
  readonly opener: NumberOpener;
  readonly places: Places;
  /** Of the UTS namespace, where it is not ours; null where it cannot be told. */
  readonly hostname: (key: ProcessKey) => Promise<string | null>;
  readonly engines: Pick<EngineMemory, 'find'>;
}

export class Namer {
  constructor(private readonly parts: NamerParts) {}

  /** Something better than what could be said at once; null: nobody knows more. */
  async find(subject: Subject): Promise<Naming | null> {
    const known = clueOf(subject);
    const clue = known?.id || known?.name ? known : this.inMounts(subject.first);
    if (clue?.id) {
      const stored = await this.stored(clue, clue.id, subject);
      return stored && naming({ ...clue, ...stored.known }, stored.devFolder);
    }
    if (clue?.name) return clue === known ? null : naming(clue);
    return (await this.byRuntime(subject.first)) ?? (await this.byHostname(subject, known));
  }

  private inMounts({ pid, key }: ProcessRow): Known | null {
    const bytes = this.bound(pid, key, () => this.parts.root.tryReadWhole(`${pid}/mountinfo`));
    const clue = bytes && mountClue(bytes);
    return clue && { ...clue, said: 'state' };
  }

  private async stored(
    { engine, name }: Clue,
    id: string,
    subject: Subject,
  ): Promise<{ known: { name: string; said: NameSource }; devFolder: string | null } | null> {
    const inFile = await this.fromFiles(engine, id);
    const isCalled = inFile !== null || name !== null;
    const cli = isWorthAsking(engine, isCalled, subject) ? cliOf(engine) : null;
    const asked = cli && (await this.parts.engines.find(cli, id));
    const found = asked ?? inFile;
    const said = asked ? 'engine' : 'state';
    return found && { known: { name: found.name, said }, devFolder: found.devFolder };
  }

  private async fromFiles(engine: ContainerEngine | null, id: string): Promise<StoredName | null> {
    const { places } = this.parts;
    if (engine === 'docker') return dockerName(places, id);
    if (engine === 'podman') return podmanName(places, id);
    return (await containerdName(places, id)) ?? crioName(places, id);
  }

  private async byRuntime({ pid, key }: ProcessRow): Promise<Naming | null> {
    const bytes = this.bound(pid, key, () => this.parts.root.tryRead(`${pid}/stat`));
    const stat = bytes && parseStat(bytes);
    const found = stat && (await runtimeState(this.parts.places, stat));
    if (!found) return null;
    const { name, runtime, root } = found;
    const shell = runtimeShell(runtime, root, name);
    return { ...naming({ engine: 'oci', id: null, name, said: 'state' }), engineShell: shell };
  }

  private async byHostname({ first }: Subject, known: Known | null): Promise<Naming | null> {
    const name = await this.parts.hostname(first.key);
    return name
      ? naming({ engine: known?.engine ?? null, id: null, name, said: 'hostname' })
      : null;
  }

  /** What was read by number, if the number is still the key's. */
  private bound<T>(pid: number, key: ProcessKey, read: () => T): T | null {
    const value = read();
    using process = this.parts.opener.tryNumber(pid);
    return process?.key === key ? value : null;
  }
}
