// Two bundles: the extension (for VS Code's extension host) and the native host (for a plain Node).
// koffi is not bundled: scripts/package.mjs and the copy step below lay its few files beside the native host's bundle.
const path = require('node:path');
const fs = require('node:fs');

const dist = path.resolve(__dirname, 'dist');

/** dist/koffi/src/koffi/indirect.cjs looks for ../../../@koromix/koffi-<platform>, so the two lie side by side. */
function copyKoffi() {
  const copies = [
    ['koffi/src/koffi/indirect.cjs', 'koffi/src/koffi/indirect.cjs'],
    ['koffi/LICENSE.txt', 'koffi/LICENSE.txt'],
    ['@koromix', '@koromix'],
  ];
  for (const [from, to] of copies) {
    fs.cpSync(path.join(__dirname, 'node_modules', from), path.join(dist, to), { recursive: true });
  }
}

class CopyKoffi {
  apply(compiler) {
    compiler.hooks.afterEmit.tap('CopyKoffi', copyKoffi);
  }
}

const bundle = (name, entry, externals, plugins = []) => ({
  name,
  target: 'node20',
  entry: { [name]: entry },
  output: { path: dist, filename: '[name].js', libraryTarget: 'commonjs2' },
  externals,
  resolve: { extensions: ['.ts', '.js'], conditionNames: ['node', 'require', 'default'], extensionAlias: { '.js': ['.ts', '.js'] } },
  module: { rules: [{ test: /\.ts$/, loader: 'ts-loader', options: { transpileOnly: true } }] },
  devtool: 'source-map',
  optimization: { minimize: true },
  performance: { hints: false },
  plugins,
  stats: 'errors-warnings',
});

module.exports = [
  bundle('extension', './extension/extension.ts', { vscode: 'commonjs vscode' }),
  bundle('native-host', './native-host/main.ts', { koffi: 'commonjs ./koffi/src/koffi/indirect.cjs' }, [new CopyKoffi()]),
];
