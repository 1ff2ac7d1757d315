/**
 * Who is in which namespaces, for one subscription. A new process is presumed to be in its parent's; then its links are
 * read. Whoever is read already is read again in turn, since setns(2) and unshare(2) tell nobody.
 */
import type { NamespaceNews, ProcessKey, ProcessRow, TableDelta } from '../../protocol.js';
import { HostError } from '../../hostError.js';
import { SysError } from '../../kernel/sysError.js';
import type { ProcRoot } from '../../procfs/procRoot.js';
import type { Users } from '../../procfs/users.js';
import type { Namer } from '../../containers/namer.js';
import { ContainerGroups, type Kin } from './containerGroups.js';
import { NamespaceDirectory } from './directory.js';
import { nowhere, samePlace, toNews, type Member } from './member.js';
import type { MemberReader } from './reading.js';
import { NamespaceSets } from './sets.js';

/** Those that have nobody to be presumed like are read at once, up to so many. */
const mostAtOnce = 128;

export class Census {
  private readonly members = new Map<ProcessKey, Member>();
  private readonly sets = new NamespaceSets();
  private readonly ourSet: number | null;
  private readonly directory: NamespaceDirectory;
  private readonly groups: ContainerGroups;
  private renamed = false;
  /** Whose links are to be read first, in order. */
  private readonly urgent = new Set<Member>();
  /** Whose cgroup was presumed only. */
  private readonly undescribed = new Set<Member>();
  private round: IterableIterator<Member> | null = null;
  private readonly changed = new Set<Member>();
  private readonly gone: ProcessKey[] = [];

  constructor(
    root: ProcRoot,
    private readonly reader: MemberReader,
    users: Users,
    namer: Pick<Namer, 'find'>,
    rows: readonly ProcessRow[],
    private readonly hearsOfEnds: () => boolean,
  ) {
    this.ourSet = this.sets.indexOf(reader.ourLinks, null);
    this.directory = new NamespaceDirectory(root, this.sets, reader.ours, users);
    this.groups = new ContainerGroups(namer, this.kin(), () => (this.renamed = true));
    this.add(rows);
  }

  /** Somebody's links are presumed. */
  get hasPresumed(): boolean {
    return this.urgent.size > 0;
  }

  /** Something is presumed. */
  get hasUrgent(): boolean {
    return this.urgent.size > 0 || this.undescribed.size > 0;
  }

  get hasNews(): boolean {
    return this.changed.size > 0 || this.gone.length > 0 || this.renamed;
  }

  apply({ added, changed, removed }: TableDelta): void {
    for (const key of removed) this.remove(key);
    for (const row of changed) this.update(row);
    this.add(added);
  }

  /** Reads one: who is new first, else the next in turn. False: all have had their turn, the next round may begin. */
  readNext(): boolean {
    const urgent = firstOf(this.urgent);
    const member = urgent ?? firstOf(this.undescribed) ?? this.nextInTurn();
    if (member) this.read(member, !urgent);
    return member !== null;
  }

  /** What changed since the last call; at first, everything. */
  takeNews(): NamespaceNews {
    this.directory.survey(this.members.values()); // opens namespaces, and may fail: nothing is taken before
    this.renamed = false;
    this.assignContainers();
    const containers = this.groups.update(this.members.values());
    const nameFor = ({ container }: Member) => this.groups.nameOf(container);
    const spaces = this.directory.takeNews(nameFor);
    const members = [...this.changed].map(toNews);
    this.changed.clear();
    const goneMembers = this.gone.splice(0);
    const sets = this.sets.takeNew();
    const goneSets = this.sets.forgetAllBut(this.setsInUse());
    return { sets, goneSets, ...spaces, ...containers, members, goneMembers };
  }

  /** Resolves when all names that can be found have been. */
  named(): Promise<void> {
    return this.groups.named();
  }

  [Symbol.dispose](): void {
    this.groups[Symbol.dispose]();
  }

  private kin(): Kin {
    const setOf = ({ place: { set } }: Member) => (set === null ? null : this.sets.at(set));
    return {
      parentOf: ({ row }) => (row.parentKey === null ? undefined : this.members.get(row.parentKey)),
      foreignPid: (member) => {
        const pid = setOf(member)?.pid ?? null;
        return pid && this.directory.outermostBelowOurs(pid);
      },
      isReadable: (member) => (setOf(member)?.mnt ?? null) !== null,
    };
  }

  /** Of all: it depends on who is around. */
  private assignContainers(): void {
    for (const member of this.members.values()) {
      const container = this.groups.idOf(member);
      if (container === member.container) continue;
      member.container = container;
      this.changed.add(member);
    }
  }

  private setsInUse(): Set<number | null> {
    const used = new Set([this.ourSet]);
    for (const { place } of this.members.values()) used.add(place.set);
    return used;
  }

  private add(rows: readonly ProcessRow[]): void {
    for (const row of rows)
      this.members.set(row.key, { row, place: nowhere, known: 'nothing', container: null });
    let atOnce = 0;
    for (const { key } of rows) {
      const member = this.members.get(key);
      if (!member) continue;
      this.changed.add(member);
      this.urgent.add(member);
      if (standsAlone(member.row) && atOnce++ < mostAtOnce && !this.readAtOnce(member)) {
        atOnce = mostAtOnce;
      }
    }
    for (const { key } of rows) this.presume(this.members.get(key));
  }

  private remove(key: ProcessKey): void {
    const member = this.members.get(key);
    if (!member) return;
    this.members.delete(key);
    this.urgent.delete(member);
    this.undescribed.delete(member);
    this.changed.delete(member);
    this.gone.push(key);
    member.place = nowhere; // it bears witness of nothing any more
  }

  /** Another program: what nsenter, a container runtime or a shell entered on the way there shows from now on. */
  private update(row: ProcessRow): void {
    const member = this.members.get(row.key);
    if (!member) return;
    if (member.row.program !== row.program) {
      this.urgent.add(member);
      this.renamed ||= member.container !== null; // which may be called by what ran there before
    }
    member.row = row;
  }

  /** Like the nearest ancestor of whom something is known, and with it all in between: a child may come first. */
  private presume(member: Member | undefined): void {
    const line: Member[] = [];
    let at = member;
    while (at?.known === 'nothing') {
      at.known = 'presumed';
      line.push(at);
      at = at.row.parentKey === null ? undefined : this.members.get(at.row.parentKey);
    }
    const place = { ...(at?.place ?? nowhere), nsPid: null };
    // What cannot be read of a process in our own PID namespace is most likely ours.
    const set =
      (at?.place.nsPid ?? null) === null && !this.isWhole(place.set) ? this.ourSet : place.set;
    for (const one of line) one.place = { ...place, set };
  }

  private isWhole(set: number | null): boolean {
    return set !== null && this.sets.at(set).mnt !== null;
  }

  /** False where it cannot be read, out of descriptors, say: then it is read later, and who reads it then says why. */
  private readAtOnce(member: Member): boolean {
    try {
      this.read(member, true);
      return true;
    } catch (error) {
      if (!(error instanceof HostError || SysError.is(error))) throw error;
      this.urgent.add(member);
      return false;
    }
  }

  private read(member: Member, whole: boolean): void {
    this.urgent.delete(member);
    if (whole) this.undescribed.delete(member);
    else this.undescribed.add(member);
    const place = this.reader.read(member, this.sets, {
      withCgroup: whole,
      hearsOfEnds: this.hearsOfEnds(),
    });
    if (!place) return this.remove(member.row.key); // the table will say so, too, in its own time
    if (member.known === 'read' && samePlace(member.place, place)) return;
    member.place = place;
    member.known = 'read';
    this.changed.add(member);
  }

  private nextInTurn(): Member | null {
    this.round ??= this.members.values();
    const next = this.round.next();
    if (!next.done) return next.value;
    this.round = null;
    return null;
  }
}

function firstOf(members: ReadonlySet<Member>): Member | null {
  for (const member of members) return member;
  return null;
}

/** Number 1 of a PID namespace, or somebody's whose parent cannot be seen. */
function standsAlone({ kind, parentKey }: ProcessRow): boolean {
  return kind === 'containerInit' || parentKey === null;
}
