import type { Guard } from './attach/guard/guard';
import type { Services } from './services';

/** What tests in a real VS Code may touch. `activate` returns it in test mode only. */
export type TestApi = Pick<
  Services,
  | 'host'
  | 'messages'
  | 'picks'
  | 'processes'
  | 'recents'
  | 'supervisor'
  | 'starts'
  | 'targets'
  | 'stops'
  | 'waits'
> & { readonly guard: Guard };
