import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { eventually } from '../support/eventually';
import { procfs } from '../support/procfs';
import { extensionApi, rowOf } from './extensionApi';

/** Of this extension host. */
const nativeHosts = () => procfs.children(process.pid).filter(isNativeHost);

function isNativeHost(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('native-host.js');
  } catch {
    return false; // gone
  }
}

/** The file is named so that it runs before all that ask for something. */
describe('activation', () => {
  it('starts no native host; the first request does', async () => {
    await vscode.commands.executeCommand('workbench.view.explorer');
    const api = await extensionApi();
    assert.equal(api.supervisor.state.kind, 'idle');
    assert.deepEqual(nativeHosts(), []);
    await rowOf(api, process.pid);
    await eventually('a native host', () => nativeHosts().length > 0);
  });
});
