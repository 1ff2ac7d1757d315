/**
 * Which namespaces there are: those that members are in, and their parents and owners, which may be empty.
 * The kernel gives the number of a namespace that is gone to another one. What was learned of a namespace holds as long
 * as the process through which it was learned stays in it: then it is the same one.
 */
import type { Fd } from '../../kernel/fd.js';
import { inodeOf } from '../../kernel/files.js';
import { keepIf } from '../../kernel/keepIf.js';
import type { ProcRoot } from '../../procfs/procRoot.js';
import type { Users } from '../../procfs/users.js';
import {
  namespaceTypes,
  type GivenName,
  type Namespace,
  type NamespaceId,
  type NamespaceSet,
  type NamespaceType,
} from '../../protocol.js';
import { lineageOf, type Facts } from './lineage.js';
import { isOlder, type Member } from './member.js';
import type { NamespaceSets } from './sets.js';

type Name = `${NamespaceType}:${NamespaceId}`;
type Gone = { readonly type: NamespaceType; readonly id: NamespaceId };

/** MAX_PID_NS_LEVEL, include/linux/pid_namespace.h. */
const deepest = 32;

interface Inhabited {
  readonly type: NamespaceType;
  readonly id: NamespaceId;
  readonly oldest: Member;
  readonly init: Member | null;
}

interface Learned {
  readonly witness: Member;
  readonly lineage: readonly Facts[];
}

const nameOf = ({ type, id }: Gone): Name => `${type}:${id}`;

export class NamespaceDirectory {
  private told: ReadonlyMap<Name, Namespace> = new Map();
  private now = new Map<Name, Namespace>();
  private inhabitedNow: ReadonlyMap<Name, Inhabited> = new Map();
  private readonly learned = new Map<Name, Learned>();

  constructor(
    private readonly root: ProcRoot,
    private readonly sets: NamespaceSets,
    private readonly ours: NamespaceSet,
    private readonly users: Users,
  ) {}

  /** Looks who is where now. */
  survey(members: Iterable<Member>): void {
    this.users.refresh();
    this.inhabitedNow = this.inhabited(members);
    this.now = this.describe(this.inhabitedNow);
  }

  /** The outermost PID namespace around that one which is not ours; null: it is ours. */
  outermostBelowOurs(id: NamespaceId): NamespaceId | null {
    let [inner, at]: [NamespaceId | null, NamespaceId | null] = [null, id];
    for (let level = 0; at !== null && at !== this.ours.pid && level <= deepest; level++) {
      inner = at;
      at = this.now.get(nameOf({ type: 'pid', id: at }))?.parent ?? null;
    }
    return inner;
  }

  /** What came or changed since the last call, and what went. Called like the container of who is in it. */
  takeNews(nameFor: (oldest: Member) => GivenName | null): {
    namespaces: Namespace[];
    goneNamespaces: Gone[];
  } {
    for (const [name, one] of this.now) {
      const oldest = one.isOurs ? undefined : this.inhabitedNow.get(name)?.oldest;
      if (oldest) this.now.set(name, { ...one, name: nameFor(oldest) });
    }
    const { now, told } = this;
    const namespaces = [...now.values()].filter((one) => !same(told.get(nameOf(one)), one));
    const goneNamespaces = [...told.values()]
      .filter((one) => !now.has(nameOf(one)))
      .map(({ type, id }) => ({ type, id }));
    this.told = now;
    return { namespaces, goneNamespaces };
  }

  private inhabited(members: Iterable<Member>): Map<Name, Inhabited> {
    const found = new Map<Name, Inhabited>();
    for (const [set, { oldest, init }] of representatives(members)) {
      for (const [type, id] of entriesOf(this.sets.at(set))) {
        const name = nameOf({ type, id });
        const known = found.get(name);
        const first = known && !isOlder(oldest, known.oldest) ? known.oldest : oldest;
        found.set(name, { type, id, oldest: first, init: init ?? known?.init ?? null });
      }
    }
    return found;
  }

  private describe(inhabited: ReadonlyMap<Name, Inhabited>): Map<Name, Namespace> {
    const described = new Map<Name, Namespace>();
    const relatives: Facts[] = [];
    for (const [name, one] of inhabited) {
      const [facts, ...others] = this.learn(name, one);
      relatives.push(...others);
      const first = one.type === 'pid' ? one.init : one.oldest;
      described.set(name, this.namespace(facts ?? unknownFacts(one), first));
    }
    for (const facts of relatives) {
      const name = nameOf(facts);
      if (!described.has(name)) described.set(name, this.namespace(facts, null));
    }
    this.forgetAllBut(inhabited);
    return described;
  }

  private namespace(facts: Facts, first: Member | null): Namespace {
    const isOurs = this.ours[facts.type] === facts.id;
    const ownerUser = facts.ownerUid === null ? null : this.users.name(facts.ownerUid);
    return { ...facts, ownerUser, isOurs, first: first?.row.key ?? null, name: null };
  }

  private learn(name: Name, { type, id, oldest }: Inhabited): readonly Facts[] {
    const known = this.learned.get(name);
    if (known && this.isIn(known.witness, type, id)) return known.lineage;
    using namespace = this.open(oldest.row.pid, type, id);
    if (!namespace) return [];
    const lineage = lineageOf(namespace, type);
    this.learned.set(name, { witness: oldest, lineage });
    return lineage;
  }

  private isIn(member: Member, type: NamespaceType, id: NamespaceId): boolean {
    const { set } = member.place;
    return set !== null && this.sets.at(set)[type] === id;
  }

  /** Opened by a number, and compared: whoever has that number, the namespace is the one. */
  private open(pid: number, type: NamespaceType, id: NamespaceId): Fd | null {
    const opened = this.root.tryOpen(`${pid}/ns/${type}`);
    return keepIf(opened, (namespace) => String(inodeOf(namespace)) === id);
  }

  private forgetAllBut(inhabited: ReadonlyMap<Name, Inhabited>): void {
    for (const name of this.learned.keys()) if (!inhabited.has(name)) this.learned.delete(name);
  }
}

interface Representatives {
  readonly oldest: Member;
  readonly init: Member | null;
}

function representatives(members: Iterable<Member>): Map<number, Representatives> {
  const found = new Map<number, Representatives>();
  for (const member of members) {
    const { set, nsPid } = member.place;
    if (set === null) continue;
    const known = found.get(set);
    const isInit = (nsPid ?? member.row.pid) === 1;
    if (known && !isInit && !isOlder(member, known.oldest)) continue;
    const oldest = known && !isOlder(member, known.oldest) ? known.oldest : member;
    found.set(set, { oldest, init: isInit ? member : (known?.init ?? null) });
  }
  return found;
}

function* entriesOf(set: NamespaceSet): Generator<[NamespaceType, NamespaceId]> {
  for (const type of namespaceTypes) {
    const id = set[type];
    if (id !== null) yield [type, id];
  }
}

function unknownFacts({ type, id }: Inhabited): Facts {
  return { type, id, parent: null, owner: null, ownerUid: null };
}

/** All fields but the name are plain. */
function same(before: Namespace | undefined, after: Namespace): boolean {
  return before !== undefined && JSON.stringify(before) === JSON.stringify(after);
}
