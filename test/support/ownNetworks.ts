import { spawnSync } from 'node:child_process';
import { skipBecause } from './results';

/** What follows is about programs that are started by `ownNetwork`. */
export function ownNetworks(context: Mocha.Context): void {
  if (process.getuid?.() !== 0) skipBecause(context, 'only root makes this network namespace');
  if (spawnSync('ip', ['-V']).error) skipBecause(context, 'there is no ip (iproute2)');
}
