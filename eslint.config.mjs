// Flat config. The blocks below hold the borders that docs/architecture.md describes, so that nobody has to remember them.
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const noVscode = {
  name: 'vscode',
  message: 'vscode may be imported in extension/ and views/ only, and never in a model.',
};
const noKoffi = {
  group: ['koffi', 'koffi/*'],
  message: 'koffi belongs to native-host/kernel/ alone.',
};
const onlyProtocol = {
  regex: 'native-host/(?!protocol(\\.js)?$)',
  message:
    'native-host/protocol is the whole contract; nothing else of the native host may be imported.',
};
const wholeProtocol = {
  regex: '/protocol/',
  message: 'The contract is imported from protocol.ts.',
};
const noExtension = {
  regex: 'extension/(?!contributions)',
  message:
    'Imports go protocol <- views <- extension; views may use extension/contributions (ids) alone.',
};
const noClient = {
  regex: '/(extension|views)/',
  message: 'The native host knows nothing of its client.',
};

const restrict = (paths, patterns) => ({ 'no-restricted-imports': ['error', { paths, patterns }] });

// Numbers are recycled; pidfds are not. Nothing in the product acts by number or spawns the tools that do.
const noActingByNumber = {
  'no-restricted-properties': [
    'error',
    { object: 'process', property: 'kill', message: 'Signals go by pidfd or not at all.' },
  ],
  'no-restricted-syntax': [
    'error',
    {
      selector:
        'CallExpression[callee.name=/^(spawn|spawnSync|exec|execSync|execFile|execFileSync)$/] > Literal[value=/^(ps|kill|pkill|pgrep|killall)( |$)/]:first-child',
      message: 'ps and kill list and act by number.',
    },
    {
      selector: "CallExpression[callee.property.name='kill'][callee.object.property.name='child']",
      message: 'Signals go by pidfd or not at all.',
    },
  ],
};

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'artifacts/', '.vscode-host/', '.vscode-test/', 'node_modules/'] },
  js.configs.recommended,
  {
    files: ['**/*.mjs', '**/*.cjs', '**/*.js'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        fetch: 'readonly',
        require: 'readonly',
        module: 'writable',
        __dirname: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        AbortSignal: 'readonly',
        AbortController: 'readonly',
        performance: 'readonly',
      },
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      // A promise that is returned from below `using` runs on after what it uses was closed.
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', caughtErrors: 'all' },
      ],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      eqeqeq: 'error',
      'no-empty': ['error', { allowEmptyCatch: false }],
    },
  },
  { files: ['native-host/**/*.ts', 'extension/**/*.ts', 'views/**/*.ts'], rules: noActingByNumber },
  {
    files: ['native-host/**/*.ts'],
    rules: { ...restrict([noVscode], [noKoffi, noClient, wholeProtocol]), 'no-console': 'error' },
  },
  { files: ['native-host/kernel/**/*.ts'], rules: restrict([noVscode], [noClient, wholeProtocol]) },
  {
    files: ['native-host/protocol.ts', 'native-host/protocol/*.ts'],
    rules: restrict(
      [],
      [
        {
          regex: '^(?!\\./(protocol/)?\\w+\\.js$)',
          message: 'The contract imports nothing but itself.',
        },
      ],
    ),
  },
  { files: ['views/**/*.ts'], rules: restrict([], [noKoffi, onlyProtocol, noExtension]) },
  {
    files: ['views/**/*Model.ts', 'views/**/model.ts'],
    rules: restrict([noVscode], [noKoffi, onlyProtocol, noExtension]),
  },
  { files: ['extension/**/*.ts'], rules: restrict([], [noKoffi, onlyProtocol]) },
  {
    files: ['test/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off', // a describe block is one function
      '@typescript-eslint/no-unused-expressions': 'off',
    },
  },
);
