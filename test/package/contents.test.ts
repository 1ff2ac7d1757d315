import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { skipBecause } from '../support/results';
import { readElf } from './elf';
import {
  binaryOf,
  expectedFiles,
  isOfSystem,
  openPackage,
  ownTarget,
  targets,
  vsixOf,
} from './packages';

const machines = { x64: 62, arm64: 183 }; // EM_X86_64, EM_AARCH64
const libcs = { linux: /^libc\.so\.6$/, alpine: /^libc\.musl-/ };
const megabytes = 2;

for (const target of targets) {
  describe(`the package for ${target}`, () => {
    const files = openPackage(target);
    const [system, arch] = target.split('-') as [keyof typeof libcs, keyof typeof machines];
    const text = (name: string) => files?.get(`extension/${name}`)?.toString() ?? '';

    before(function () {
      if (files) return;
      assert.notEqual(target, ownTarget, 'npm run package has not made it');
      skipBecause(this, `npm run package has not made it`);
    });

    it('holds just the files that it should', () => {
      assert.deepEqual([...(files?.keys() ?? [])].sort(), expectedFiles(target));
    });

    it('is small', () => {
      assert.ok(statSync(vsixOf(target)).size < megabytes * 1e6);
    });

    if (isOfSystem(target)) {
      it("has koffi's binary for that machine and C library", () => {
        const { machine, needed } = readElf(files?.get(binaryOf(target)) ?? Buffer.alloc(0));
        assert.equal(machine, machines[arch]);
        assert.ok(
          needed.some((library) => libcs[system].test(library)),
          needed.join(),
        );
      });
    }

    it('tells VS Code its platform', () => {
      const manifest = files?.get('extension.vsixmanifest')?.toString() ?? '';
      const [, platform = 'universal'] = /TargetPlatform="([^"]*)"/.exec(manifest) ?? [];
      assert.equal(platform, target);
    });

    it('has a readme without pictures and links that lead nowhere', () => {
      const links = text('readme.md').match(/\]\([^)]*\)/g) ?? [];
      assert.deepEqual(
        links.filter((link) => !link.startsWith('](https://')),
        [],
      );
    });

    it('runs nothing when it is installed', () => {
      const manifest = JSON.parse(text('package.json')) as Record<string, unknown>;
      for (const part of ['scripts', 'dependencies', 'devDependencies'])
        assert.equal(part in manifest, false, part);
    });

    it('carries the licences of others', () => {
      for (const name of ['koffi', 'node-addon-api', 'node-api-headers', 'vscode-jsonrpc'])
        assert.match(text('THIRD-PARTY-NOTICES.txt'), new RegExp(`^${name}`, 'm'));
    });

    it('has its bundles apart from each other, minimized and without source maps', () => {
      const koffi = './koffi/src/koffi/indirect.cjs';
      const loads = { extension: ['vscode'], 'native-host': [koffi], crowdReader: [koffi] };
      for (const [name, modules] of Object.entries(loads)) {
        const bundle = text(`dist/${name}.js`);
        const found = ['vscode', koffi].filter((module) => bundle.includes(`require("${module}")`));
        assert.deepEqual(found, modules);
        assert.ok(bundle.split('\n').length < 50, `${name} is not minimized`);
        assert.ok(!bundle.includes('sourceMappingURL'), name);
      }
    });
  });
}
