import type { Capabilities } from './capabilities.js';
import { BatchTranslator } from './namespaces/batchTranslator.js';
import { NamespaceResolver } from './namespaces/namespaceResolver.js';
import { NumberScan } from './namespaces/numberScan.js';
import { OwnTree } from './namespaces/ownTree.js';
import { PidNamespaceFds } from './namespaces/pidNamespaceFds.js';
import { Translator } from './namespaces/translator.js';
import type { ProcessOpener } from './process/processOpener.js';
import type { ProcRoot } from './procfs/procRoot.js';
import type { SlowReads } from './procfs/slowReads.js';

/** What translates numbers, and needs no procfs where the kernel has the ioctls for it (6.11). */
export interface Translation {
  readonly namespaces: PidNamespaceFds;
  readonly resolver: NamespaceResolver;
  readonly translator: Translator;
  readonly batch: BatchTranslator;
  readonly ownTree: OwnTree;
}

export function buildTranslation(
  opener: ProcessOpener,
  root: ProcRoot | null,
  slow: SlowReads,
  { has }: Capabilities,
): Translation {
  const ioctls = has('translateIoctls');
  const namespaces = new PidNamespaceFds(opener, root);
  const resolver = new NamespaceResolver(opener, namespaces, slow);
  const showsAll = has('procfsAll');
  const translator = new Translator(opener, root, namespaces, { ioctls, showsAll });
  const scan = root && new NumberScan(opener, root, namespaces, showsAll);
  return {
    ...{ namespaces, resolver, translator },
    batch: new BatchTranslator(resolver, namespaces, ioctls ? 'ioctl' : scan),
    ownTree: new OwnTree(resolver, translator, slow),
  };
}
