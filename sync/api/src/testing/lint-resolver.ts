import Module, { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { ESLint, Linter } from 'eslint';

const FOLDER = fileURLToPath(new URL('../../resolvers/', import.meta.url));
const require = createRequire(import.meta.url);

/**
 * What AWS's own plugin lets through and APPSYNC_JS does not have. `throw` ends in an error without a type; a clock, randomness and timers
 * are there only as `util`; whatever is imported from elsewhere would have to be bundled before it is deployed.
 */
const ownRules: Linter.RulesRecord = {
  'no-restricted-syntax': [
    'error',
    { selector: 'ThrowStatement', message: 'use util.error' },
    { selector: 'NewExpression', message: 'APPSYNC_JS makes no objects with new' },
    { selector: 'ImportDeclaration[source.value!="@aws-appsync/utils"]', message: 'a resolver is one file' },
    { selector: 'MemberExpression[object.name="Math"][property.name="random"]', message: 'use util.autoId' },
    { selector: 'MemberExpression[object.name="Date"]', message: 'use util.time' },
    { selector: 'DebuggerStatement', message: 'no debugger' },
  ],
  'no-restricted-globals': ['error', 'setTimeout', 'setInterval', 'fetch', 'process', 'require', 'globalThis', 'eval'],
};

/** Only what is there when this file is read is linted; type information needs the folder's tsconfig. */
export function createResolverLint(): { readonly lint: (file: string, text: string) => Promise<string[]> } {
  const { plugin, eslint } = loadWithTypeScript5();
  const engine = new eslint.ESLint({
    cwd: FOLDER,
    overrideConfigFile: true,
    overrideConfig: [
      {
        ...plugin.configs.recommended,
        files: ['**/*.js'],
        languageOptions: {
          ...plugin.configs.recommended.languageOptions,
          parserOptions: { project: './tsconfig.json', tsconfigRootDir: FOLDER },
        },
      },
      { files: ['**/*.js'], rules: ownRules },
    ],
  });
  return {
    async lint(file, text) {
      const [result] = await engine.lintText(text, { filePath: `${FOLDER}${file}` });
      return (result?.messages ?? []).map(({ line, ruleId, message }) => `${file}:${line} ${ruleId ?? ''} ${message}`);
    },
  };
}

type Loaded = {
  readonly plugin: { readonly configs: { readonly recommended: Linter.Config } };
  readonly eslint: { readonly ESLint: typeof ESLint };
};

/**
 * The plugin wants TypeScript's JavaScript API, which TypeScript 7 has no more. npm puts one of its dependencies beside TypeScript 7, so
 * while the plugin loads, `typescript` is the one that this workspace asks for.
 */
function loadWithTypeScript5(): Loaded {
  type Resolve = (this: unknown, request: string, ...rest: unknown[]) => string;
  const loader = Module as unknown as { _resolveFilename: Resolve };
  const resolve = loader._resolveFilename;
  const typescript5 = require.resolve('typescript');
  loader._resolveFilename = function (request, ...rest) {
    return resolve.call(this, request === 'typescript' ? typescript5 : request, ...rest);
  };
  try {
    return {
      plugin: require('@aws-appsync/eslint-plugin') as Loaded['plugin'],
      eslint: require('eslint') as Loaded['eslint'],
    };
  } finally {
    loader._resolveFilename = resolve;
  }
}
