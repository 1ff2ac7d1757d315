/**
 * Which processes belong together. A cgroup that an engine made says it; else a PID namespace below ours, the outermost;
 * where that cannot be read, the line of descent from the number 1 there; else a unit of systemd.
 */
import { cgroupLabel, type CgroupLabel } from '../../containers/cgroupLabel.js';
import { nameAtOnce, type Namer, type Naming, type Subject } from '../../containers/namer.js';
import type {
  Container,
  GivenName,
  NamespaceId,
  ProcessKey,
  ProcessRow,
  ProgramId,
} from '../../protocol.js';
import { isOlder, type Member } from './member.js';

/** What the census knows of its members. */
export interface Kin {
  readonly parentOf: (member: Member) => Member | undefined;
  /** The outermost PID namespace below ours that it is in; null: ours, or not known. */
  readonly foreignPid: (member: Member) => NamespaceId | null;
  /** Its links could be read. */
  readonly isReadable: (member: Member) => boolean;
}

interface Group {
  /** Through whom it was learned: the kernel gives the number of a namespace that is gone to another one. */
  readonly witness: Member;
  readonly label: CgroupLabel | null;
  naming: Naming;
  asked: boolean;
  /** Nobody has to be asked any more. */
  settled: boolean;
  /** Somebody knew a name. */
  found: boolean;
  /** What its first process ran when it was named. */
  program: ProgramId;
}

const deepest = 4096;

export class ContainerGroups {
  /** Of the cgroups that were asked about since the last update, and before it: others are nobody's by now. */
  private labels = new Map<string, CgroupLabel | null>();
  private labelsBefore: typeof this.labels = new Map();
  private readonly groups = new Map<Container['id'], Group>();
  private told = new Map<Container['id'], Container>();
  /** One is asked for at a time. */
  private asking: Promise<void> = Promise.resolve();
  private closed = false;

  constructor(
    /** Never rejects. */
    private readonly namer: Pick<Namer, 'find'>,
    private readonly kin: Kin,
    private readonly onNamed: () => void,
  ) {}

  idOf(member: Member): Container['id'] | null {
    const { cgroup, nsPid } = member.place;
    const label = this.labelOf(cgroup);
    if (label && label.engine !== 'systemd') {
      return label.id === null ? `cgroup:${label.path}` : `${label.engine}:${label.id}`;
    }
    const foreign = this.kin.foreignPid(member);
    if (foreign !== null) return `pid:${foreign}`;
    if (nsPid !== null && !this.kin.isReadable(member)) return `init:${this.topmost(member)}`;
    return label && `cgroup:${label.path}`;
  }

  nameOf(id: Container['id'] | null): GivenName | null {
    return (id !== null && this.groups.get(id)?.naming.name) || null;
  }

  /** What came or changed since the last call, and what went. */
  update(members: Iterable<Member>): {
    containers: Container[];
    goneContainers: Container['id'][];
  } {
    const now = new Map<Container['id'], Container>();
    for (const [id, first] of firsts(members)) now.set(id, this.describe(id, first));
    const containers = [...now.values()].filter((one) => !same(this.told.get(one.id), one));
    const goneContainers = [...this.told.keys()].filter((id) => !now.has(id));
    for (const id of goneContainers) this.groups.delete(id);
    this.told = now;
    this.labelsBefore = this.labels;
    this.labels = new Map();
    return { containers, goneContainers };
  }

  /** Resolves when nobody is being asked any more. */
  named(): Promise<void> {
    return this.asking;
  }

  /** Nobody wants to know any more. */
  [Symbol.dispose](): void {
    this.closed = true;
  }

  private labelOf(cgroup: string | null): CgroupLabel | null {
    if (cgroup === null) return null;
    const known = this.labels.get(cgroup);
    if (known !== undefined) return known;
    const before = this.labelsBefore.get(cgroup);
    const label = before === undefined ? cgroupLabel(cgroup) : before;
    this.labels.set(cgroup, label);
    return label;
  }

  private describe(id: Container['id'], first: Member): Container {
    const subject = { first: first.row, ancestors: this.ancestorsOf(first) };
    const group = this.groupOf(id, first, subject);
    if (first.known === 'read' && !group.asked) this.ask(group, { ...subject, label: group.label });
    const proven = this.kin.isReadable(first);
    return { id, ...group.naming, first: first.row.key, proven, isSettled: group.settled };
  }

  private groupOf(id: Container['id'], first: Member, subject: Omit<Subject, 'label'>): Group {
    const known = this.groups.get(id);
    if (known && !isOutdated(known, first) && this.idOf(known.witness) === id) return known;
    // A unit around a PID namespace made the session that it was started in, not what is in there.
    const made = !id.startsWith('pid:') && !id.startsWith('init:');
    const label = made ? this.labelOf(first.place.cgroup) : null;
    const naming = nameAtOnce({ ...subject, label });
    const group: Group = {
      witness: first,
      label,
      naming,
      asked: false,
      settled: false,
      found: false,
      program: first.row.program,
    };
    this.groups.set(id, group);
    return group;
  }

  private topmost(member: Member): ProcessKey {
    let top = member;
    for (let step = 0; step < deepest; step++) {
      const parent = this.kin.parentOf(top);
      if (!parent || parent.place.nsPid === null) break;
      top = parent;
    }
    return top.row.key;
  }

  private ancestorsOf(member: Member): ProcessRow[] {
    const line: ProcessRow[] = [];
    let at = this.kin.parentOf(member);
    for (; at && line.length < 4; at = this.kin.parentOf(at)) line.push(at.row);
    return line;
  }

  private ask(group: Group, subject: Subject): void {
    group.naming = nameAtOnce(subject); // by now its ancestors are known, too
    group.asked = true;
    group.settled = group.label?.engine === 'systemd';
    if (group.settled) return;
    this.asking = this.asking.then(async () => {
      const found = this.closed ? null : await this.namer.find(subject);
      Object.assign(group, { settled: true }, found && { naming: found, found: true });
      this.onNamed();
    });
  }
}

/** Called by what it ran first, and it runs something else by now: so does what a runtime or a shell starts. */
function isOutdated({ found, witness, program }: Group, first: Member): boolean {
  return !found && witness === first && program !== first.row.program;
}

/** Number 1 of its PID namespace, else who started first. */
function firsts(members: Iterable<Member>): Map<Container['id'], Member> {
  const found = new Map<Container['id'], Member>();
  for (const one of members) {
    if (one.container === null) continue;
    const known = found.get(one.container);
    if (!known || comesFirst(one, known)) found.set(one.container, one);
  }
  return found;
}

function comesFirst(a: Member, b: Member): boolean {
  const [isInit, wasInit] = [a.place.nsPid === 1, b.place.nsPid === 1];
  return isInit === wasInit ? isOlder(a, b) : isInit;
}

function same(before: Container | undefined, after: Container): boolean {
  return before !== undefined && JSON.stringify(before) === JSON.stringify(after);
}
