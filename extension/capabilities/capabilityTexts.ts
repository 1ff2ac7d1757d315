import type { CapabilityId } from '../../native-host/protocol';
import { l10n } from '../../views/l10n';

export interface CapabilityText {
  readonly name: string;
  /** What is lost without it. */
  readonly cost: string;
  /** How to get it. */
  readonly remedy: string;
}

const text = (name: string, cost: string, remedy: string): CapabilityText => ({
  name,
  cost,
  remedy,
});

const newer = (kernel: string) => l10n.t('Linux {0} or newer', kernel);

/** One text for each capability: the type demands them all. */
export function capabilityTexts(): Readonly<Record<CapabilityId, CapabilityText>> {
  return { ...identityTexts(), ...procfsTexts(), ...signalTexts() };
}

function identityTexts() {
  return {
    pidfdOpen: text(
      'pidfd_open',
      l10n.t('nothing can be acted on: the tree is read-only'),
      l10n.t('Linux 5.3 or newer; in a container, a seccomp profile that allows pidfd_open'),
    ),
    pidfdSendSignal: text(
      'pidfd_send_signal',
      l10n.t('no signals can be sent'),
      l10n.t('Linux 5.1 or newer; in a container, a seccomp profile that allows pidfd_send_signal'),
    ),
    pidfs: text(
      'pidfs',
      l10n.t('processes are told apart by their start time, to 10 ms'),
      newer('6.9'),
    ),
    pidfdInfo: text(
      'PIDFD_GET_INFO',
      l10n.t('facts about a held process are read from /proc; single threads cannot be signalled'),
      newer('6.13'),
    ),
    exitInfo: text(
      'PIDFD_INFO_EXIT',
      l10n.t('how a process ended is unknown more often'),
      newer('6.15'),
    ),
    pollHup: text(
      'EPOLLHUP',
      l10n.t('that a process was collected by its parent is noticed later'),
      newer('6.9'),
    ),
    pidfsHandles: text(
      l10n.t('pidfs file handles'),
      l10n.t('processes are opened by number and then compared, which proves the same'),
      newer('6.17'),
    ),
  };
}

function procfsTexts() {
  return {
    namespaceIoctls: text(
      'PIDFD_GET_PID_NAMESPACE',
      l10n.t("a process' namespaces are opened by its links in /proc, and checked afterwards"),
      newer('6.11'),
    ),
    translateIoctls: text(
      'NS_GET_TGID_IN_PIDNS',
      l10n.t('numbers of other PID namespaces are found by comparing all processes'),
      newer('6.11'),
    ),
    procfs: text(
      '/proc',
      l10n.t('there is no tree; a process can be reached by its number, and little is known of it'),
      l10n.t('a /proc of this PID namespace, or the capability CAP_SYS_ADMIN'),
    ),
    procfsAll: text(
      l10n.t("other users' processes in /proc"),
      l10n.t('processes of other users are not shown'),
      l10n.t('a /proc that is mounted without hidepid'),
    ),
    privateProcfs: text(
      l10n.t('a private procfs for each PID namespace'),
      l10n.t("a namespace's own tree cannot be shown"),
      l10n.t('Linux 6.18 or newer, and the capability CAP_SYS_ADMIN'),
    ),
  };
}

function signalTexts() {
  return {
    threadPidfds: text(
      'PIDFD_THREAD',
      l10n.t('single threads cannot be signalled'),
      l10n.t('Linux {0} or newer, and {1} (Linux {2})', '6.9', 'PIDFD_GET_INFO', '6.13'),
    ),
    groupSignals: text(
      'PIDFD_SIGNAL_PROCESS_GROUP',
      l10n.t('members of a process group are signalled one by one'),
      newer('6.9'),
    ),
    procConnector: text(
      l10n.t('process events connector'),
      l10n.t(
        'the table of processes is scanned again and again; who leaves a tree may be missed when it is stopped, and who ends at once by Attach to Next; below Linux 6.15 it is unknown more often how a process ended',
      ),
      l10n.t("Linux 6.6 or newer (before, root), in the machine's own namespaces"),
    ),
  };
}
