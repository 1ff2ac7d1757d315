import assert from 'node:assert/strict';
import * as vscode from 'vscode';

interface Manifest {
  engines: { vscode: string };
}

describe('the extension in VS Code', () => {
  const extension = vscode.extensions.getExtension<unknown>('pidfd-explorer.pidfd-explorer');

  it('is there and activates', async () => {
    assert.ok(extension, 'not installed');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('is tested in the oldest VS Code that it promises to run in', function () {
    if (process.env.PIDFD_VSCODE !== 'oldest') return; // the newest is whatever is pinned
    const { engines } = extension?.packageJSON as Manifest;
    const minor = (version: string) => version.split('.').slice(0, 2).join('.');
    assert.equal(minor(vscode.version), minor(engines.vscode.replace('^', '')));
  });
});
