import type { SignalEffect, SignalGuard } from '../native-host/protocol';
import { l10n } from './l10n';

/** What a signal would do to the process at hand, in the fewest words. */
export function effectText(effect: SignalEffect): string {
  switch (effect) {
    case 'terminate':
      return l10n.t('ends it');
    case 'core':
      return l10n.t('ends it with a core dump');
    case 'stop':
      return l10n.t('stops it');
    case 'continue':
      return l10n.t('continues it');
    case 'ignored':
      return l10n.t('will be ignored');
    case 'handled':
      return l10n.t('handled by the program');
    case 'blocked':
      return l10n.t('blocked in every thread: stays pending');
    case 'initIgnores':
      return l10n.t('will be ignored: number 1 of a PID namespace takes only what it handles');
    case 'unknown':
      return l10n.t('cannot be foretold');
  }
}

/** What a person risks who goes on. */
export function guardText(guard: SignalGuard): string {
  switch (guard) {
    case 'host':
      return l10n.t('It is the native host: without it nothing here works, and no target is held.');
    case 'ancestor':
      return l10n.t(
        'The native host runs in it: this window may lose its processes view, or close.',
      );
    case 'vscode':
      return l10n.t(
        'It belongs to this VS Code: terminals, extensions or unsaved work may be lost.',
      );
    case 'init':
      return l10n.t(
        'It is number 1 here: when it ends, everything in this system or container ends.',
      );
    case 'sessionLeader':
      return l10n.t('It leads the session that VS Code runs in: you may be logged out.');
  }
}
