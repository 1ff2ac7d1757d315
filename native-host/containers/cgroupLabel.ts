/**
 * What engines and systemd call their cgroups. Paths are made by whoever may make cgroups: what does not fit exactly is
 * nobody's. Sources: systemd.unit(5), the engines' own drivers (cgroupfs and systemd), kubelet's cgroup manager.
 */
import type { ContainerEngine } from '../protocol.js';

export interface CgroupLabel {
  readonly engine: ContainerEngine;
  /** 64 hexadecimal digits, of engines that number their containers. */
  readonly id: string | null;
  /** What the path itself says; null where only the engine knows. */
  readonly name: string | null;
  /** The path as far as the label: all below belongs to it. */
  readonly path: string;
}

type Found = Omit<CgroupLabel, 'path'>;

const hex = '([0-9a-f]{64})';
const longest = 4096;

interface Pattern {
  readonly of: RegExp;
  readonly engine: ContainerEngine;
  /** The segment around it, where the label alone says too little. */
  readonly below?: RegExp;
}

/** The first group is the id. */
const numbered: readonly Pattern[] = [
  { of: new RegExp(`^docker-${hex}\\.scope$`), engine: 'docker' },
  { of: new RegExp(`^${hex}$`), below: /^docker$/, engine: 'docker' },
  { of: new RegExp(`^libpod-${hex}(?:\\.scope)?$`), engine: 'podman' },
  { of: new RegExp(`^cri-containerd-${hex}\\.scope$`), engine: 'containerd' },
  { of: new RegExp(`^nerdctl-${hex}\\.scope$`), engine: 'containerd' },
  { of: new RegExp(`^crio-${hex}(?:\\.scope)?$`), engine: 'crio' },
  {
    of: new RegExp(`^${hex}$`),
    below: /^(?:kubepods.*-)?pod[0-9a-f_-]{32,40}(?:\.slice)?$/,
    engine: 'kubernetes',
  },
];

/** The first group is the name. */
const named: readonly Pattern[] = [
  { of: /^lxc\.payload\.(.+)$/, engine: 'lxc' },
  { of: /^(?!\.)(.+)$/, below: /^lxc(?:\.payload)?$/, engine: 'lxc' },
  { of: /^machine-(?!qemu\\x2d)(.+)\.scope$/, engine: 'nspawn' },
  { of: /^systemd-nspawn@(.+)\.service$/, engine: 'nspawn' },
  { of: /^app-flatpak-(.+)-\d+\.scope$/, engine: 'flatpak' },
  { of: /^snap\.([^.]+\.[^.]+)\..*(?:scope|service)$/, engine: 'snap' },
  { of: /^snap\.([^.]+\.[^.]+)\.(?:scope|service)$/, engine: 'snap' },
  { of: /^(.+\.(?:service|scope))$/, engine: 'systemd' },
];

/**
 * The innermost container, whatever systemd within it calls its own; else the innermost unit. null: nobody that we know
 * made it.
 */
export function cgroupLabel(path: string): CgroupLabel | null {
  if (path.length > longest) return null;
  const segments = path.split('/');
  const inKubernetes = segments.some((segment) => /^kubepods(?:[-.]|$)/.test(segment));
  let unit: CgroupLabel | null = null;
  for (let at = segments.length - 1; at > 0; at--) {
    const found = labelOf(segments[at] ?? '', segments[at - 1] ?? '');
    if (!found) continue;
    const engine = inKubernetes && found.id !== null ? 'kubernetes' : found.engine;
    const label = { ...found, engine, path: segments.slice(0, at + 1).join('/') };
    if (engine !== 'systemd') return label;
    unit ??= label;
  }
  return unit;
}

function labelOf(segment: string, around: string): Found | null {
  const byId = match(numbered, segment, around);
  if (byId) return { engine: byId.engine, id: byId.text, name: null };
  const byName = match(named, segment, around);
  return byName && { engine: byName.engine, id: null, name: unescapeUnit(byName.text) };
}

function match(
  patterns: readonly Pattern[],
  segment: string,
  around: string,
): { engine: ContainerEngine; text: string } | null {
  for (const { of, below, engine } of patterns) {
    const text = below && !below.test(around) ? undefined : of.exec(segment)?.[1];
    if (text !== undefined) return { engine, text };
  }
  return null;
}

/** `\x2d` is a hyphen: systemd.unit(5), "string escaping". */
function unescapeUnit(text: string): string {
  return text.replace(/\\x([0-9a-f]{2})/g, (_, code: string) =>
    String.fromCharCode(parseInt(code, 16)),
  );
}
