import * as vscode from 'vscode';
import type { Container, Namespace } from '../../native-host/protocol';
import { markdownText } from '../escape';
import { l10n } from '../l10n';
import { namedProcess } from '../rowText';
import type { NamespacesElement } from './elements';
import type { NamespacesModel } from './model';
import { engineName } from './engineName';
import { label, sourceText } from './texts';
import { typeName } from './typeName';

type Facts = readonly (readonly [name: string, value: string])[];

/** Neither trusted nor HTML: names of containers and hosts go in as text. */
export function placeTooltip(
  element: NamespacesElement,
  model: NamespacesModel,
): vscode.MarkdownString | undefined {
  if (element.kind === 'namespace') {
    return card(label(element, model), namespaceFacts(element.namespace, model));
  }
  if (element.kind === 'container') {
    return card(label(element, model), containerFacts(element.container, model));
  }
  return undefined;
}

function card(title: string, facts: Facts): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString(`**${markdownText(title)}**`);
  for (const [name, value] of facts) {
    markdown.appendMarkdown(`\n\n**${markdownText(name)}:** ${markdownText(value)}`);
  }
  return markdown;
}

function namespaceFacts(namespace: Namespace, model: NamespacesModel): Facts {
  const { type, id, name, parent, owner } = namespace;
  const facts: (readonly [string, string])[] = [
    [l10n.t('Type'), typeName(type)],
    [l10n.t('Inode'), id],
    [l10n.t('Name'), name ? `${name.text} (${sourceText(name.source)})` : l10n.t('none is known')],
    [firstName(namespace), firstProcess(namespace, model)],
  ];
  if (parent) facts.push([l10n.t('Inside'), parent]);
  facts.push([l10n.t('Owned by user namespace'), owner ?? l10n.t('unknown')]);
  if (type === 'user') {
    facts.push([l10n.t('Made by user'), makerText(namespace)]);
  }
  return facts;
}

/** By name and number; who has no name here is called by the number alone. */
function makerText({ ownerUid, ownerUser }: Namespace): string {
  if (ownerUid === null || ownerUser === null) return l10n.t('unknown');
  return ownerUser === String(ownerUid) ? ownerUser : `${ownerUser} (${ownerUid})`;
}

const firstName = ({ type }: Namespace) =>
  type === 'pid' ? l10n.t('Number 1 there') : l10n.t('First process');

function firstProcess(of: Namespace | Container, model: NamespacesModel): string {
  const row = model.firstRow(of);
  return row ? namedProcess(row) : l10n.t('cannot be seen');
}

function containerFacts(container: Container, model: NamespacesModel): Facts {
  const { name, proven } = container;
  const inEngine: Facts = container.engineName
    ? [[l10n.t('Called by its engine'), container.engineName]]
    : [];
  return [
    [l10n.t('Kind'), name.engine ? engineName(name.engine) : l10n.t('unknown')],
    [l10n.t('Name'), `${name.text} (${sourceText(name.source)})`],
    ...inEngine,
    [l10n.t('First process'), firstProcess(container, model)],
    [
      l10n.t('Proven'),
      proven
        ? l10n.t('by its namespaces')
        : l10n.t('no: this user may not read its namespaces, so cgroup and ancestry decide'),
    ],
  ];
}
