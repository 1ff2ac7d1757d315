// What the extension host loads as extensionTestsPath: runs the tests beside it, inside VS Code.
import { runMocha } from '../support/vscode/runMocha';

export const run = (): Promise<void> => runMocha(__dirname);
