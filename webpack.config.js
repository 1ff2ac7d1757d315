// Two bundles: the extension (for VS Code's extension host) and the native host (for a plain Node).
// koffi is not bundled: it finds its binary by a path relative to its own file. Its few files are laid beside the bundle,
// for this machine as npm installed them; scripts/package.mjs lays out those of other machines.
const path = require('node:path');
const fs = require('node:fs');

const dist = path.resolve(__dirname, 'dist');

/** indirect.cjs looks for ../../../@koromix/koffi-<platform>, so the two lie side by side. */
function copyKoffi() {
  for (const part of ['koffi/src/koffi/indirect.cjs', '@koromix']) {
    const source = path.join(__dirname, 'node_modules', part);
    fs.cpSync(source, path.join(dist, part), { recursive: true });
  }
}

class CopyKoffi {
  apply(compiler) {
    compiler.hooks.afterEmit.tap('CopyKoffi', copyKoffi);
  }
}

/** Modules stay ES modules until webpack has seen them: only so it can join them and drop what nobody uses. */
const typescript = {
  test: /\.ts$/,
  loader: 'ts-loader',
  options: { transpileOnly: true, compilerOptions: { module: 'esnext' } },
};

const bundle = (mode, { name, entry, externals, plugins = [] }) => ({
  name,
  mode,
  target: 'node20',
  entry: typeof entry === 'string' ? { [name]: entry } : entry,
  output: { path: dist, filename: '[name].js', library: { type: 'commonjs2' } },
  externals,
  resolve: { extensions: ['.ts', '.js'], extensionAlias: { '.js': ['.ts', '.js'] } },
  module: { rules: [typescript] },
  devtool: mode === 'production' ? false : 'source-map',
  // Minimizing takes most of the time, and most of what is built twice is unchanged.
  cache: {
    type: 'filesystem',
    name: `${name}-${mode}`,
    buildDependencies: { config: [module.filename] },
  },
  performance: { hints: false },
  plugins,
  stats: 'errors-warnings',
});

module.exports = (_env, { mode = 'production' }) => [
  bundle(mode, {
    name: 'extension',
    entry: './extension/extension.ts',
    externals: { vscode: 'commonjs vscode' },
  }),
  bundle(mode, {
    name: 'native-host',
    entry: {
      'native-host': './native-host/main.ts',
      crowdReader: './native-host/crowdReader.ts', // a thread of it
    },
    externals: { koffi: 'commonjs ./koffi/src/koffi/indirect.cjs' },
    plugins: [new CopyKoffi()],
  }),
];
