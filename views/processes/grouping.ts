import type { ProcessRow } from '../../native-host/protocol';
import { visible } from '../escape';
import { l10n } from '../l10n';
import type { NamespaceStore } from '../namespaceStore';
import { engineName } from '../namespaces/engineName';

export const groupings = [
  'parent',
  'container',
  'cgroup',
  'pidNamespace',
  'user',
  'executable',
] as const;
export type Grouping = (typeof groupings)[number];

declare const brand: unique symbol;
export type GroupKey = string & { readonly [brand]: 'GroupKey' };

/** Rows that stand together below one row that is no process. */
export interface Group {
  readonly key: GroupKey;
  readonly label: string;
  readonly detail: string;
  /** What is in none of them comes last. */
  readonly isRest: boolean;
}

export type GroupOf = (row: ProcessRow) => Group;

/** These are known only while namespaces are being told about. */
export const needsNamespaces = (grouping: Grouping): boolean =>
  grouping === 'container' || grouping === 'cgroup' || grouping === 'pidNamespace';

const group = (name: string, label: string, detail = ''): Group => ({
  key: `group ${name}` as GroupKey,
  label: visible(label),
  detail: visible(detail),
  isRest: false,
});

const rest = (label: string): Group => ({
  key: `rest ${label}` as GroupKey,
  label,
  detail: '',
  isRest: true,
});

/** undefined: by parent, without groups. */
export function groupOf(grouping: Grouping, store: NamespaceStore): GroupOf | undefined {
  switch (grouping) {
    case 'parent':
      return undefined;
    case 'user':
      return ({ user }) => group(user, user);
    case 'executable':
      return byExecutable;
    case 'container':
      return (row) => byContainer(row, store);
    case 'cgroup':
      return (row) => byCgroup(row, store);
    case 'pidNamespace':
      return (row) => byPidNamespace(row, store);
  }
}

function byExecutable({ exe, kind }: ProcessRow): Group {
  if (kind === 'kernelThread') return rest(l10n.t('Kernel threads'));
  return exe === null ? rest(l10n.t('Executable unknown')) : group(exe, exe);
}

function byContainer({ key }: ProcessRow, store: NamespaceStore): Group {
  const id = store.members.get(key)?.container;
  const container = id ? store.containers.get(id) : undefined;
  if (!container) return rest(l10n.t('In no container'));
  const { name, proven } = container;
  const doubt = proven ? undefined : l10n.t('not proven');
  const detail = [name.engine && engineName(name.engine), doubt].filter(Boolean).join(' · ');
  return group(container.id, name.text, detail);
}

function byCgroup({ key }: ProcessRow, store: NamespaceStore): Group {
  const cgroup = store.members.get(key)?.cgroup;
  return cgroup ? group(cgroup, cgroup) : rest(l10n.t('Cgroup unknown'));
}

function byPidNamespace({ key }: ProcessRow, store: NamespaceStore): Group {
  const member = store.members.get(key);
  const id = member && store.namespaceOf(member, 'pid');
  if (!id) return rest(l10n.t('PID namespace unknown'));
  const namespace = store.namespace('pid', id);
  if (namespace?.isOurs) return group(id, l10n.t('Our PID namespace'), id);
  return group(id, namespace?.name?.text ?? l10n.t('PID namespace {0}', id), id);
}
