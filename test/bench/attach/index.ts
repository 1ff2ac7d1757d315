// What the extension host loads for the benchmark of attaching: test/bench/attach.ts starts it.
import { runMocha } from '../../support/vscode/runMocha';

export const run = (): Promise<void> => runMocha(__dirname);
