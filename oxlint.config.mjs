import { importRules } from './tools/check/import-rules.mjs';

const TESTS = [
  '**/*.test.{ts,tsx,mjs}',
  '**/*.e2e.ts',
  '**/test/**',
  '**/testing/**',
  '**/fixtures/**',
  '**/*.bench.ts',
];

/** What is lint in this repository. Who may import what is a table of its own: tools/check/import-rules.mjs. */
export default {
  plugins: ['eslint', 'typescript', 'unicorn', 'oxc', 'import', 'vitest', 'promise'],
  categories: { correctness: 'error' },
  options: { typeAware: true },
  rules: {
    eqeqeq: ['error', 'always', { null: 'ignore' }],
    'no-empty': 'error',
    'no-var': 'error',
    'prefer-const': 'error',
    'no-restricted-properties': [
      'error',
      { object: 'vi', property: 'mock', message: 'Pass a fake as a parameter instead.' },
      { object: 'vi', property: 'doMock', message: 'Pass a fake as a parameter instead.' },
    ],
    'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
    'import/no-cycle': 'error',
    'typescript/ban-ts-comment': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': ['error', { checksVoidReturn: false }],
    'typescript/await-thenable': 'error',
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    'vitest/no-disabled-tests': 'error',
    'vitest/no-focused-tests': 'error',
    // Capabilities here are plain functions in plain objects; nothing is bound to begin with.
    'typescript/unbound-method': 'off',
    'typescript/restrict-template-expressions': 'off',
    'unicorn/no-new-array': 'off',
    // `[...listeners]` while listeners may leave is a copy on purpose.
    'unicorn/no-useless-spread': 'off',
    'promise/no-callback-in-promise': 'off',
    // `expect(promise).rejects` may be held and awaited later; the floating-promise rule sees the rest.
    'vitest/valid-expect': 'off',
    'vitest/no-standalone-expect': 'off',
    // Devices are spoken to in control characters, and text is cut into code points on purpose.
    'no-control-regex': 'off',
    'typescript/no-misused-spread': 'off',
    'typescript/no-base-to-string': 'off',
    'vitest/expect-expect': 'off',
    'vitest/no-conditional-expect': 'off',
    'vitest/require-to-throw-message': 'off',
    'vitest/no-conditional-tests': 'off',
    'vitest/require-mock-type-parameters': 'off',
    'max-lines': ['warn', { max: 300, skipBlankLines: true, skipComments: true }],
    'max-lines-per-function': ['warn', { max: 70, skipBlankLines: true, skipComments: true }],
  },
  overrides: [
    {
      files: ['{packages,drivers,sync,apps}/**/src/**'],
      excludeFiles: TESTS,
      rules: { 'no-console': 'error' },
    },
    {
      files: ['**/*.tsx'],
      plugins: ['eslint', 'typescript', 'unicorn', 'oxc', 'import', 'react', 'jsx-a11y'],
      rules: {
        'react/rules-of-hooks': 'error',
        'react/exhaustive-deps': 'error',
        'max-lines-per-function': 'off',
        // A till has one obvious field, and its widgets (keypad, grid of coins) have no HTML element of their own.
        'jsx-a11y/no-autofocus': 'off',
        'jsx-a11y/prefer-tag-over-role': 'off',
        'jsx-a11y/no-noninteractive-element-interactions': 'off',
      },
    },
    { files: TESTS, rules: { 'max-lines-per-function': 'off' } },
    ...importRules(TESTS),
  ],
  ignorePatterns: ['**/dist/**', '**/out/**', '**/fixtures/**', 'tools/check/canaries/**', '.cache/**'],
};
