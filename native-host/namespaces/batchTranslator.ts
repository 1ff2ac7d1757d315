import type { Fd } from '../kernel/fd.js';
import type { TranslatedNumbers, TranslationItem, TranslationWay } from '../protocol.js';
import { place, relationOf } from './namespaceRelation.js';
import type { NamespaceResolver } from './namespaceResolver.js';
import type { NumberScan } from './numberScan.js';
import { translateNumbers } from './numberTranslator.js';
import { namespaceId, type PidNamespaceFds } from './pidNamespaceFds.js';

/** translate_pid(number, source, target) in bulk. Two descriptors an item, none a number. */
export class BatchTranslator {
  constructor(
    private readonly resolver: NamespaceResolver,
    private readonly namespaces: PidNamespaceFds,
    /** null: the kernel translates (6.11). */
    private readonly scan: NumberScan | null,
  ) {}

  get proof(): TranslationWay {
    return this.scan ? 'scan' : 'ioctl';
  }

  /** @throws HostError where one of the namespaces cannot be opened */
  async translate(item: TranslationItem): Promise<TranslatedNumbers> {
    using source = await this.resolver.open(item.source);
    using target = await this.resolver.open(item.target);
    return this.between(source, target, item);
  }

  private between(sourceFd: Fd, targetFd: Fd, item: TranslationItem): TranslatedNumbers {
    const source = place(sourceFd, this.namespaces);
    const target = place(targetFd, this.namespaces);
    const asked = { numbers: item.numbers, threads: item.threads ?? false };
    return {
      answers:
        this.scan?.translate(source, target, asked) ?? translateNumbers(source, target, asked),
      source: namespaceId(sourceFd),
      target: namespaceId(targetFd),
      relation: relationOf(source, target, this.scan === null),
      proof: this.proof,
    };
  }
}
