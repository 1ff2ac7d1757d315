// What docs/security.md says of the sources and the manifest, and no process can show.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// The suites run in the project's folder: compiled tests lie elsewhere than their sources.
const page = readFileSync('docs/security.md', 'utf8');
const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

interface Setting {
  readonly scope: string;
  readonly type: string;
}

interface Manifest {
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly configuration: { readonly properties: Record<string, Setting> };
  };
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
}

const manifest = read('package.json') as Manifest;
const { properties } = manifest.contributes.configuration;

const sources = ['native-host', 'extension', 'views'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name)),
);

const whoHas = (pattern: RegExp): string[] =>
  sources.filter((path) => pattern.test(readFileSync(path, 'utf8'))).sort();

describe('docs/security.md', () => {
  it('names tests that exist', () => {
    const names = [...page.matchAll(/`test\/([\w/]+)`(?: \(`(\w+)`\))?/g)];
    assert.ok(names.length > 20);
    for (const [, path = '', part] of names) {
      const isThere = [`test/${path}`, `test/${path}.test.ts`].some(existsSync);
      assert.ok(isThere, path);
      if (part === undefined) continue;
      const files = readdirSync(`test/${path}`, { recursive: true, encoding: 'utf8' });
      assert.ok(
        files.some((file) => file.endsWith(`${part}.test.ts`)),
        part,
      );
    }
  });

  it('is right that no workspace says what is run or signalled without a question', () => {
    for (const name of ['pidfd.nodePath', 'pidfd.confirmSignals', 'pidfd.stopSequence'])
      assert.equal(properties[name]?.scope, 'machine', name);
  });

  it('is right that the other settings of a workspace are harmless, or count only where it is trusted', () => {
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    const harmless = ['pidfd.offerLeftOver', 'pidfd.waitNotification', 'pidfd.pinnedStatusBar'];
    const ofWorkspaces = Object.keys(properties).filter(
      (name) => properties[name]?.scope !== 'machine',
    );
    const dangerous = ofWorkspaces.filter((name) => !harmless.includes(name));
    assert.deepEqual(dangerous, restrictedConfigurations);
  });

  it('names all that listens, and all that makes temporary files', () => {
    assert.deepEqual(whoHas(/\bcreateServer\(/), [
      'extension/attach/bridged/gate.ts',
      'extension/attach/running/runDoor.ts',
      'native-host/bridge/bridgeChild.ts',
    ]);
    assert.deepEqual(whoHas(/\btmpdir\(/), [
      'extension/attach/running/runDoor.ts',
      'native-host/bridge/bridges.ts',
    ]);
    assert.deepEqual(whoHas(/mkdtemp/), whoHas(/\btmpdir\(/));
  });

  it('is right that environments are read in one place', () => {
    assert.deepEqual(whoHas(/\/environ[`'"]/), ['native-host/attach/factsReader.ts']);
  });

  it('is right that there are no webviews, and that no Markdown is trusted or has HTML', () => {
    assert.deepEqual(whoHas(/webview|isTrusted = |supportHtml/i), []);
    assert.deepEqual(whoHas(/\beval\(|new Function\(|shell: true/), []);
  });

  it('is right that root is asked for in two places', () => {
    assert.deepEqual(whoHas(/openRootTerminal\(/), [
      'extension/namespaces/refusedEntry.ts',
      'extension/root/rootTerminal.ts',
      'extension/signals/sudoTerminal.ts',
    ]);
    assert.deepEqual(whoHas(/requireOwn\(/), [
      'extension/namespaces/refusedEntry.ts',
      'extension/root/requireOwn.ts',
      'extension/signals/sudoTerminal.ts',
    ]);
  });

  it('is right that terminals get words and never lines, and that root has one of its own', () => {
    assert.deepEqual(whoHas(/\bsendText\b|sendSequence/), []);
    assert.deepEqual(whoHas(/createTerminal\(/), [
      'extension/attach/running/runTerminal.ts',
      'extension/namespaces/entryTerminal.ts',
      'extension/root/rootTerminal.ts',
    ]);
    const rootTerminal = readFileSync('extension/root/rootTerminal.ts', 'utf8');
    for (const line of ["cwd: '/'", 'strictEnv: true', 'env: hostEnvironment(process.env)'])
      assert.ok(rootTerminal.includes(`\n    ${line},\n`), line);
  });

  it('is right that trust is asked for before something is chosen, and before it starts', () => {
    assert.deepEqual(whoHas(/^ {2}isTrusted: \(\) => vscode\.workspace\.isTrusted,$/m), [
      'extension/waits/startAfterExit.ts',
    ]);
    const first = /askAfterExit\(\).*\{\n {2}requireTrust\(\);\n/;
    const refuses =
      /requireTrust\(\).*\{\n {2}if \(vscode\.workspace\.isTrusted\) return;\n {2}throw /;
    for (const pattern of [first, refuses])
      assert.deepEqual(whoHas(pattern), ['extension/waits/askAfterExit.ts']);
  });

  it('is right that every dependency is exact, and has a checksum', () => {
    const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    for (const [name, version] of versions) assert.match(version, /^\d+\.\d+\.\d+$/, name);
    const lock = read('package-lock.json') as { packages: Record<string, { integrity?: string }> };
    const unchecked = Object.entries(lock.packages).filter(([path, one]) => path && !one.integrity);
    assert.deepEqual(unchecked, []);
    assert.deepEqual(Object.keys(manifest.dependencies).sort(), ['koffi', 'vscode-jsonrpc']);
  });
});
