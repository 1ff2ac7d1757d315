import { l10n } from '../../../views/l10n';
import { namedProcess } from '../../../views/rowText';
import { NothingDone } from '../../errors';
import type { Services } from '../../services';
import { offer } from '../../offer';
import { isCertain } from '../guard/certainRefusal';
import { preflightText } from '../preflightText';
import { revealVerb } from '../../commands/reveal';
import type { Prepared } from './prepareAttach';

/**
 * Only where the debugger traces the process: who connects to it needs no permission of the kernel. False: it was said
 * why not. What is unsure is tried.
 */
export function mayAttach(services: Services, { debugger: one, seen, target }: Prepared): boolean {
  const traces = one.proof === 'tracer' || (one.proof === 'injection' && !target.contact);
  const isRefused = seen.verdict === 'refused' && (!one.asksForPassword || isCertain(seen));
  const told = traces && isRefused ? preflightText(seen) : null;
  if (!told) return true;
  const { text, tracer } = told;
  if (!tracer) throw new NothingDone(text);
  void offer(services, 'warn', text, {
    title: l10n.t('Reveal {0}', namedProcess(tracer)),
    run: () => revealVerb.run(services, tracer),
  });
  return false;
}
