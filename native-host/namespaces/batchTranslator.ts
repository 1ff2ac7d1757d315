import { HostError } from '../hostError.js';
import type { Fd } from '../kernel/fd.js';
import type { TranslatedNumbers, TranslationItem } from '../protocol.js';
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
    /** null: neither the kernel translates (6.11), nor is there a procfs to scan. */
    private readonly way: 'ioctl' | NumberScan | null,
  ) {}

  /** @throws HostError where one of the namespaces cannot be opened; Unsupported */
  async translate(item: TranslationItem): Promise<TranslatedNumbers> {
    using source = await this.resolver.open(item.source);
    using target = await this.resolver.open(item.target);
    return await this.between(source, target, item); // both stay open until then
  }

  private async between(
    sourceFd: Fd,
    targetFd: Fd,
    item: TranslationItem,
  ): Promise<TranslatedNumbers> {
    const { way } = this;
    if (!way) throw new HostError('Unsupported', 'neither ioctls (Linux 6.11) nor a procfs');
    const source = place(sourceFd, this.namespaces);
    const target = place(targetFd, this.namespaces);
    const asked = { numbers: item.numbers, threads: item.threads ?? false };
    const isIoctl = way === 'ioctl';
    return {
      answers: isIoctl
        ? translateNumbers(source, target, asked)
        : await way.translate(source, target, asked),
      source: namespaceId(sourceFd),
      target: namespaceId(targetFd),
      relation: relationOf(source, target, isIoctl),
      proof: isIoctl ? 'ioctl' : 'scan',
    };
  }
}
