import type { ProcessRow, SignalStep, TreePreview, TreeReport } from '../../native-host/protocol';
import { l10n } from '../../views/l10n';
import { namedProcess } from '../../views/rowText';
import { aboutSignalled } from '../errors';
import { offer } from '../offer';
import type { Services } from '../services';
import { readSequence } from '../stopping/readSequence';
import { showProgress } from '../stopping/stopProgress';
import { treeReportDocument } from '../stopping/treeReport';
import { stopTree } from '../stopping/treeStop';
import { treeDetail, treeQuestion, treeSummary } from '../stopping/treeTexts';
import type { PickableVerb } from './verb';

export const stopTreeVerb: PickableVerb = {
  get pickerTitle() {
    return l10n.t('Process to stop with all that it started');
  },
  async run(services, row) {
    const steps = readSequence(services);
    await aboutSignalled(row, async () => {
      const preview = await services.host.request('tree/preview', { key: row.key });
      if (!(await isMeant(services, row, preview, steps))) return;
      tell(services, row, steps, await stopTree(services, showProgress, row, steps));
    });
  },
};

async function isMeant(
  { messages, readSetting }: Services,
  row: ProcessRow,
  preview: TreePreview,
  steps: readonly SignalStep[],
): Promise<boolean> {
  if (readSetting('pidfd.confirmSignals') === 'never') return true;
  const yes = l10n.t('Stop Whole Tree');
  return messages.confirm(treeQuestion(row, preview), treeDetail(preview, steps), yes);
}

function tell(
  services: Services,
  row: ProcessRow,
  steps: readonly SignalStep[],
  report: TreeReport,
): void {
  const text = l10n.t('Tree of {0}: {1}', namedProcess(row), treeSummary(report));
  const isWhole = report.members.every(({ outcome }) => outcome === 'ended' || outcome === 'gone');
  const run = () =>
    services.reports.show(l10n.t('Pidfd Stopped Tree'), treeReportDocument(row, steps, report));
  void offer(services, isWhole ? 'info' : 'warn', text, { title: l10n.t('Show Report'), run });
}
