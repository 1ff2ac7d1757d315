import type {
  Capability,
  InitializeResult,
  ProcfsFault,
  ProcfsUsed,
  World,
} from '../../native-host/protocol';
import { markdownText } from '../../views/escape';
import { l10n } from '../../views/l10n';
import { capabilityTexts } from './capabilityTexts';
import { tierTable } from './tierTable';

/** What this machine allows, as Markdown. Whatever the machine said of itself is escaped. */
export function capabilityReport(hello: InitializeResult): string {
  return [
    `# ${l10n.t('What Pidfd Explorer can do here')}`,
    `## ${l10n.t('How sure it is')}`,
    tierTable(hello.tier),
    `## ${l10n.t('Which processes these are')}`,
    worldText(hello.world),
    worldFacts(hello),
    `## ${l10n.t('What the kernel offers')}`,
    table(hello.capabilities),
    '',
  ].join('\n\n');
}

function worldText(world: World): string {
  switch (world.kind) {
    case 'host':
      return world.nestedPidNamespace
        ? l10n.t(
            'Those of a PID namespace below the machine’s first: processes outside of it cannot be seen.',
          )
        : l10n.t('Those of the whole machine.');
    case 'container':
      return l10n.t('Those of this container, because the window runs in it.');
    case 'wsl':
      return l10n.t('Those of this WSL distribution, because the window runs in it.');
    case 'flatpak':
      return l10n.t('Those of this Flatpak sandbox, because VS Code runs in it.');
    case 'snap':
      return l10n.t('Those of this Snap sandbox, because VS Code runs in it.');
  }
}

function worldFacts({ world, maxOpenFiles }: InitializeResult): string {
  const facts = [
    [l10n.t('Kernel'), world.kernel],
    [l10n.t('User'), `${world.user} (${world.uid})`],
    [l10n.t('Native host'), l10n.t('pid {0}', world.pid)],
    [l10n.t('PID namespace'), world.pidNamespace ?? l10n.t('unknown')],
    [l10n.t('Read from'), procfsText(world.procfs)],
    [
      l10n.t('Open files'),
      l10n.t('at most {0}, which bounds how many targets can be held', maxOpenFiles),
    ],
  ] as const;
  return facts.map(([name, value]) => `* ${name}: ${markdownText(value)}`).join('\n');
}

function procfsText({ source, fault }: ProcfsUsed): string {
  if (source === 'mounted') return '/proc';
  const reason = fault === null ? l10n.t('/proc is not used') : faultText(fault);
  return source === 'private'
    ? l10n.t('a private procfs that is mounted nowhere, because {0}', reason)
    : l10n.t('nowhere, because {0}, and a private procfs is not permitted', reason);
}

function faultText(fault: ProcfsFault): string {
  switch (fault) {
    case 'missing':
      return l10n.t('there is no /proc');
    case 'notProcfs':
      return l10n.t('/proc is no procfs');
    case 'foreign':
      return l10n.t('/proc is that of another PID namespace');
  }
}

/** The columns about what is missing only where something is. */
function table(capabilities: readonly Capability[]): string {
  const columns = capabilities.every(({ available }) => available) ? 2 : 4;
  const head = [
    l10n.t('Capability'),
    l10n.t('State'),
    l10n.t('Without it'),
    l10n.t('How to get it'),
  ];
  const rule = head.map(() => '---');
  return [head, rule, ...capabilities.map(tableRow)]
    .map((cells) => `| ${cells.slice(0, columns).join(' | ')} |`)
    .join('\n');
}

function tableRow({ id, available, error }: Capability): readonly string[] {
  const { name, cost, remedy } = capabilityTexts()[id];
  if (available) return [markdownText(name), l10n.t('available'), '', ''];
  const state = error === null ? l10n.t('missing') : l10n.t('missing ({0})', markdownText(error));
  return [markdownText(name), `**${state}**`, cost, markdownText(remedy)];
}
