// What VS Code would show of a model, as text.
import type { ProcessRow } from '../../../native-host/protocol';
import { ProcessesModel } from '../../../views/processes/model';
import {
  GroupElement,
  RestElement,
  type TreeElement,
} from '../../../views/processes/processElement';
import type { Refresh } from '../../../views/processes/tree/refreshPlan';

/** With everything open, as VS Code asks for it then. */
export function modelOf(...rows: ProcessRow[]): ProcessesModel {
  const model = new ProcessesModel();
  model.reset(rows, 1000);
  publish(model);
  return model;
}

export function publish(model: ProcessesModel): Refresh {
  const refresh = model.publish();
  fetchAll(model, model.tree.roots());
  return refresh;
}

function fetchAll(model: ProcessesModel, elements: readonly TreeElement[]): void {
  const waiting = [...elements];
  for (let next = waiting.pop(); next; next = waiting.pop())
    waiting.push(...model.tree.children(next));
}

/** The shown tree as text: `1(2 3(4))`. */
export function shape(
  model: ProcessesModel,
  elements: readonly TreeElement[] = model.tree.roots(),
): string {
  return elements
    .map((element) => {
      const children = model.tree.children(element);
      const name = nameOf(model, element);
      return children.length > 0 ? `${name}(${shape(model, children)})` : name;
    })
    .join(' ');
}

function nameOf(model: ProcessesModel, element: TreeElement): string {
  if (element instanceof GroupElement) return model.tree.groupNode(element)?.group.label ?? '?';
  if (element instanceof RestElement) return `+${model.tree.hiddenBehind(element)}`;
  return String(element.row.pid);
}
