import type {
  NamespaceId,
  NamespaceNumber,
  PidNamespace,
  Translation,
  TranslationWay,
} from '../../native-host/protocol';
import { quickPickText } from '../../views/escape';
import { l10n } from '../../views/l10n';
import { processName } from '../../views/rowText';

/** What a namespace is called: by its first process, else by its inode. */
export function namespaceName({ depth, id, init }: PidNamespace): string {
  if (depth === 0) return l10n.t('This PID namespace');
  return init
    ? l10n.t('Namespace of {0}', quickPickText(processName(init)))
    : l10n.t('Namespace {0}', id);
}

/** What tells namespaces with the same first process apart. */
export function namespaceFacts({ id, init, processes, depth }: PidNamespace): string {
  const facts = [
    l10n.t('inode {0}', id),
    depth > 0 && init && l10n.t('init is pid {0} here', init.pid),
    processes === 1 ? l10n.t('1 process') : l10n.t('{0} processes', processes),
    l10n.t('depth {0}', depth),
  ];
  return facts.filter(Boolean).join(' · ');
}

/** Our own first, then by depth, so that those inside others come below them. */
export function orderNamespaces(all: readonly PidNamespace[]): readonly PidNamespace[] {
  return [...all].sort((a, b) => a.depth - b.depth || Number(a.id) - Number(b.id));
}

/** Where a number counts: the name of its namespace, as far as it is known. */
export function numberPlace(
  { namespace }: NamespaceNumber,
  names: ReadonlyMap<NamespaceId, PidNamespace>,
): string {
  if (namespace === null) return l10n.t('a namespace that this user may not read');
  const known = names.get(namespace);
  return known ? namespaceName(known) : l10n.t('Namespace {0}', namespace);
}

/** How sure a translation is, and by what. */
export function proofText({ proof }: Pick<Translation, 'proof'>): string {
  switch (proof) {
    case 'pidfd':
      return l10n.t('proven: read from its pidfd');
    case 'ioctl':
      return l10n.t('proven: the kernel translated it on the namespace itself');
    case 'scan':
      return l10n.t('found by comparing all processes');
  }
}

/** By which way numbers were translated. No process was held meanwhile: what is not proven is not said to be. */
export function wayText(way: TranslationWay): string {
  switch (way) {
    case 'ioctl':
      return l10n.t('the kernel translated them there and back again');
    case 'scan':
      return l10n.t('found by comparing all processes');
  }
}
