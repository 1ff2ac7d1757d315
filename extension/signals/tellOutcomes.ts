import { l10n } from '../../views/l10n';
import { offer } from '../offer';
import type { Services } from '../services';
import { outcomeReport } from './outcomeReport';
import { outcomeSummary, type Outcome } from './outcomes';

/** One summary for several; who wants to know which, gets a document. */
export function tellOutcomes(
  services: Pick<Services, 'messages' | 'log' | 'reports'>,
  title: string,
  outcomes: readonly Outcome[],
): void {
  const text = l10n.t('{0}: {1}', title, outcomeSummary(outcomes));
  if (outcomes.every(({ fate }) => fate === 'sent')) return services.messages.status(text);
  const report = outcomeReport(title, outcomes);
  const run = () => services.reports.show(l10n.t('Pidfd Signals'), report);
  void offer(services, 'warn', text, { title: l10n.t('Show Details'), run });
}
