import type { Known, ProcessUsage } from '../../native-host/protocol';
import { l10n } from '../l10n';
import { knownText } from '../unknownText';
import { bytesText, cpuText } from './usageText';

/** What a tooltip says of what a process uses. */
export function usageFacts(
  usage: ProcessUsage,
  pss: Known<number>,
): { name: string; value: string }[] {
  const { cpu, rss, io } = usage;
  const share = cpu === null ? l10n.t('not measured yet') : l10n.t('{0} of one', cpuText(cpu));
  return [
    { name: l10n.t('Processor'), value: share },
    { name: l10n.t('Memory'), value: memoryText(rss, pss) },
    {
      name: l10n.t('Storage'),
      value: knownText(io, ({ read, written }) =>
        l10n.t('{0} read, {1} written', bytesText(read), bytesText(written)),
      ),
    },
  ];
}

function memoryText(rss: number, pss: Known<number>): string {
  const share = knownText(pss, bytesText);
  return l10n.t('{0} resident; its share of it (PSS): {1}', bytesText(rss), share);
}
