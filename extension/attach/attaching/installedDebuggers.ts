import { debuggers } from '../debuggers';
import type { Debugger } from '../debuggers/debugger';

/** `vscode.Extension`, as far as we look at it. */
export interface ExtensionFacts {
  readonly id: string;
  readonly packageJSON: unknown;
}

/** An entry of the table that can be used here. */
export interface InstalledDebugger {
  readonly debugger: Debugger;
  /** As its extension calls it. Untrusted. */
  readonly label: string;
}

interface Contribution {
  readonly type: string;
  readonly label?: unknown;
  readonly extension: string;
}

/** Those of the table whose type somebody contributes. */
export function installedDebuggers(
  extensions: readonly ExtensionFacts[],
): readonly InstalledDebugger[] {
  const contributed = extensions.flatMap(contributionsOf);
  return debuggers.flatMap((one) => {
    const found = contributionFor(one, contributed);
    return found ? [{ debugger: one, label: labelOf(one, found) }] : [];
  });
}

/** Forks have other ids, so the type is enough; but where two contribute it, each entry is its extension's. */
function contributionFor(
  one: Debugger,
  contributed: readonly Contribution[],
): Contribution | undefined {
  const ofType = contributed.filter(({ type }) => type === one.type);
  const own = ofType.find(({ extension }) => extension.toLowerCase() === one.extension);
  const isShared = debuggers.some(
    ({ type, extension }) => type === one.type && extension !== one.extension,
  );
  return own ?? (isShared ? undefined : ofType[0]);
}

function contributionsOf({ id, packageJSON }: ExtensionFacts): Contribution[] {
  const { contributes } = (packageJSON ?? {}) as { contributes?: { debuggers?: unknown } };
  const list = contributes?.debuggers;
  if (!Array.isArray(list)) return [];
  return list.flatMap((one: Partial<Contribution> | null) =>
    typeof one?.type === 'string' ? [{ type: one.type, label: one.label, extension: id }] : [],
  );
}

/** Labels that VS Code translates come as `%key%`: the type says more then. */
function labelOf({ type, variant }: Debugger, { label }: Contribution): string {
  const name = typeof label === 'string' && !/^%.*%$/.test(label) ? label : type;
  return variant === undefined ? name : `${name} (${variant})`;
}
