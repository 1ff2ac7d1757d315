import type { AttachReason, ProcessRow } from '../../native-host/protocol';
import { messageText } from '../escape';
import { l10n } from '../l10n';
import { namedProcess } from '../rowText';

export interface ReasonText {
  /** What follows "cannot attach:". */
  readonly why: string;
  /** A sentence; null where nothing helps. */
  readonly remedy: string | null;
}

const asRoot = () => l10n.t('Start the debugger as root (sudo).');

/** The words for one reason of the preflight, each with what can be done about it. */
export function reasonText(reason: AttachReason, row: ProcessRow): ReasonText {
  switch (reason.kind) {
    case 'kernelThread':
      return { why: l10n.t('it is a thread of the kernel'), remedy: null };
    case 'ended':
      return {
        why: l10n.t('it has ended, and only waits for its parent to collect it'),
        remedy: null,
      };
    case 'firstThreadEnded':
      return firstThreadEnded();
    case 'traced':
      return traced(reason);
    case 'otherUser':
      return {
        why: l10n.t('it belongs to {0}', messageText(row.user)),
        remedy: l10n.t('Start the debugger as that user, or as root (sudo).'),
      };
    case 'setUid':
      return {
        why: l10n.t('it has the rights of another user or group (a set-uid program)'),
        remedy: asRoot(),
      };
    case 'notDumpable':
      return notDumpable();
    case 'capabilities':
      return { why: l10n.t('it has capabilities that you do not have'), remedy: asRoot() };
    case 'userNamespace':
      return userNamespace();
    case 'yama':
      return yama(reason);
    case 'noCapability':
      return noCapability();
    case 'ptraceForbidden':
      return ptraceForbidden();
    case 'securityModule':
      return securityModule(reason.label);
    case 'cannotAsk':
      return { why: l10n.t('the kernel could not be asked'), remedy: null };
  }
}

function firstThreadEnded(): ReasonText {
  return {
    why: l10n.t('its first thread has ended, though others run on'),
    remedy: l10n.t('Let main() wait for the other threads instead of ending with pthread_exit().'),
  };
}

function traced({ tracer, tid }: Extract<AttachReason, { kind: 'traced' }>): ReasonText {
  const why =
    tracer === null
      ? l10n.t('thread {0}, which cannot be seen from here, debugs it already', tid)
      : l10n.t('{0} debugs it already', namedProcess(tracer.row));
  return {
    why,
    remedy: l10n.t('A process has one debugger at a time: let that one detach first.'),
  };
}

function notDumpable(): ReasonText {
  return {
    why: l10n.t('it may not be dumped (PR_SET_DUMPABLE, or a set-uid or set-capability program)'),
    remedy: l10n.t(
      'Call prctl(PR_SET_DUMPABLE, 1) in the program, or start the debugger as root (sudo).',
    ),
  };
}

function userNamespace(): ReasonText {
  return {
    why: l10n.t('it is in a user namespace in which you have no rights'),
    remedy: l10n.t('Start the debugger inside that container, or as root (sudo).'),
  };
}

function yama({ scope, descends }: Extract<AttachReason, { kind: 'yama' }>): ReasonText {
  switch (scope) {
    case 1:
      return {
        why: descends
          ? l10n.t(
              'kernel.yama.ptrace_scope is 1: only its ancestors may, which the native host of Pidfd Explorer is, and a debugger that VS Code starts beside that is not',
            )
          : l10n.t('kernel.yama.ptrace_scope is 1: only its ancestors may, and whom it names'),
        remedy: l10n.t(
          'Call prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY, 0, 0, 0) in the program, start it from the debugger, or allow it until the next boot: sudo sysctl kernel.yama.ptrace_scope=0',
        ),
      };
    case 2:
      return {
        why: l10n.t('kernel.yama.ptrace_scope is 2: only root may'),
        remedy: l10n.t(
          'Start the debugger as root (sudo), or allow it until the next boot: sudo sysctl kernel.yama.ptrace_scope=0',
        ),
      };
    case 3:
      return {
        why: l10n.t('kernel.yama.ptrace_scope is 3: nobody may'),
        remedy: l10n.t(
          'That stays until the next boot. Change it in /etc/sysctl.d and start the machine anew.',
        ),
      };
  }
}

function noCapability(): ReasonText {
  return {
    why: l10n.t('root has no CAP_SYS_PTRACE here, as in a container'),
    remedy: l10n.t('Start the container with --cap-add=SYS_PTRACE.'),
  };
}

function ptraceForbidden(): ReasonText {
  return {
    why: l10n.t('a seccomp filter forbids ptrace here'),
    remedy: l10n.t(
      'Start the container with --cap-add=SYS_PTRACE, or with --security-opt seccomp=unconfined.',
    ),
  };
}

function securityModule(label: string | null): ReasonText {
  const why =
    label === null
      ? l10n.t('the kernel refuses, and does not say why')
      : l10n.t(
          'a security module of the kernel refuses (the process is "{0}")',
          messageText(label),
        );
  return {
    why,
    remedy: l10n.t('A profile of AppArmor or SELinux must allow ptrace; root may change it.'),
  };
}
