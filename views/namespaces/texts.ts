import type { Container, GivenName, Namespace, NameSource } from '../../native-host/protocol';
import { visible } from '../escape';
import { l10n } from '../l10n';
import { processCount } from '../processCount';
import { descriptionText, labelText } from '../rowText';
import type { MemberElement, NamespacesElement } from './elements';
import { engineName } from './engineName';
import type { NamespacesModel } from './model';
import { typeName } from './typeName';

/** Where a name comes from, as the end of "named ...". */
export function sourceText(source: NameSource): string {
  switch (source) {
    case 'cgroup':
      return l10n.t('by its cgroup');
    case 'state':
      return l10n.t('by the state files of its engine');
    case 'engine':
      return l10n.t('by its engine');
    case 'hostname':
      return l10n.t('by its host name');
    case 'init':
      return l10n.t('by its first process');
  }
}

/** What it is, else why it is called so. */
const kindOf = (name: GivenName | null) =>
  name && (name.engine ? engineName(name.engine) : l10n.t('named {0}', sourceText(name.source)));

export function namespaceLabel(namespace: Namespace, model: NamespacesModel): string {
  if (namespace.isOurs) return l10n.t('Ours');
  if (namespace.name) return visible(namespace.name.text);
  const first = model.firstRow(namespace);
  return first ? l10n.t('Unnamed, of {0}', labelText(first)) : l10n.t('Unnamed');
}

export function containerLabel({ name }: Container): string {
  return visible(name.text);
}

/** What stands on a row: the label, and what comes after it. */
export function label(element: NamespacesElement, model: NamespacesModel): string {
  switch (element.kind) {
    case 'type':
      return typeName(element.type);
    case 'namespace':
      return namespaceLabel(element.namespace, model);
    case 'unreadable':
      return l10n.t('Not readable for this user');
    case 'container':
      return containerLabel(element.container);
    case 'loose':
      return l10n.t('In no container');
    case 'member':
      return labelText(model.row(element.key) ?? element.row);
    case 'more':
      return l10n.t('Show {0} more', element.hidden);
  }
}

export function description(
  element: NamespacesElement,
  model: NamespacesModel,
  ownUid: number | null,
): string {
  switch (element.kind) {
    case 'type':
      return String(model.store.ofType(element.type).length);
    case 'namespace': {
      const { name, id } = element.namespace;
      return join([kindOf(name), processCount(model.count(element)), id]);
    }
    case 'unreadable':
    case 'loose':
      return processCount(model.count(element));
    case 'container': {
      const { name, proven } = element.container;
      const doubt = !proven && l10n.t('not proven');
      return join([kindOf(name), doubt, processCount(model.count(element))]);
    }
    case 'member':
      return memberDescription(element, model, ownUid);
    case 'more':
      return '';
  }
}

/** The number there first, ours second. */
function memberDescription(
  element: MemberElement,
  model: NamespacesModel,
  ownUid: number | null,
): string {
  const row = model.row(element.key) ?? element.row;
  const { nsPid, provisional } = model.store.members.get(element.key) ?? element.member;
  const presumed = provisional && l10n.t('presumed');
  return join([descriptionText(row, ownUid, false, nsPid), presumed]);
}

function join(parts: readonly (string | false | null | undefined)[]): string {
  return parts.filter(Boolean).join(' · ');
}
