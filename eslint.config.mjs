// @ts-check
import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import jsxA11y from 'eslint-plugin-jsx-a11y-x';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const testFiles = ['**/*{.,-}spec.ts', '**/*.fixture.ts', 'test/**/*.ts', 'libs/testing/**/*.ts'];

/** Files whose tool reads a default export. */
const toolFiles = [
  '*.config.{mjs,ts}',
  'apps/web/vite.config.mjs',
  'docs/.vitepress/config.mjs',
  'docs/.vitepress/theme/index.mjs',
  'ormconfig.ts',
  'libs/testing/src/global-{setup,teardown}.mjs',
];

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration, ExportSpecifier[exported.name="default"]',
  message: 'Export by name: a default export is called something else in every file that imports it.',
};

const environment = {
  property: { object: 'process', property: 'env', message: 'Settings come from platform/config, parsed and named.' },
  imports: ['process', 'node:process'].map((name) => ({
    name,
    importNames: ['env', 'default'],
    message: 'Settings come from platform/config, parsed and named.',
  })),
};

const wallClock = {
  property: { object: 'Date', property: 'now', message: 'Ask the injected clock: tests turn it.' },
  syntax: [
    {
      selector: ':matches(NewExpression, CallExpression)[callee.name="Date"][arguments.length=0]',
      message: 'Ask the injected clock: tests turn it.',
    },
  ],
};

/** Every way by which a text becomes part of a page as something else than text. */
const markupFromText = [
  'JSXAttribute[name.name="dangerouslySetInnerHTML"]',
  'Property[key.name="dangerouslySetInnerHTML"]',
  'AssignmentExpression > MemberExpression.left[property.name=/^(innerHTML|outerHTML|srcdoc)$/]',
  'CallExpression > MemberExpression.callee[property.name=/^(insertAdjacentHTML|setHTMLUnsafe|createContextualFragment|parseFromString)$/]',
  'CallExpression > MemberExpression.callee[object.name="document"][property.name=/^write(ln)?$/]',
].map((selector) => ({ selector, message: 'Text is put into the page as text: it may come from anybody.' }));

/** What Node offers without an import. */
const nodeGlobals = [
  ...['AbortController', 'AbortSignal', 'Buffer', 'TextDecoder', 'TextEncoder', 'URL', 'URLSearchParams'],
  ...['clearInterval', 'clearTimeout', 'console', 'crypto', 'fetch', 'performance', 'process'],
  ...['queueMicrotask', 'setImmediate', 'setInterval', 'setTimeout', 'structuredClone', 'atob', 'btoa'],
  ...['Blob', 'Event', 'EventTarget', 'FormData', 'Headers', 'Request', 'Response', 'global'],
];

const asGlobals = (/** @type {string[]} */ names) =>
  Object.fromEntries(names.map((name) => [name, /** @type {const} */ ('readonly')]));

export default defineConfig(
  { ignores: ['**/dist/', '**/node_modules/', 'coverage/', '.data/', 'reports/', 'libs/api-client/src/paths.ts'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: asGlobals(nodeGlobals) },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs', globals: asGlobals([...nodeGlobals, '__dirname', '__filename']) },
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // Knows from the tsconfig that decorators emit metadata, and so leaves the imports alone that injection reads.
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      // Nest declares its options as classes and takes plain objects; so do the shapes of requests and replies.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      complexity: ['error', 12],
      eqeqeq: 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': ['error', noDefaultExport],
    },
  },
  {
    name: 'settings come from platform/config',
    files: ['apps/**/*.{ts,tsx}', 'libs/**/*.ts'],
    // The terminal client has one variable, the password.
    ignores: ['apps/relay/src/platform/config/**', 'apps/cli/src/main.ts', 'libs/testing/**'],
    rules: {
      'no-restricted-properties': ['error', environment.property],
      'no-restricted-imports': ['error', { paths: environment.imports }],
    },
  },
  {
    name: 'components render; nothing puts markup or script into the page',
    files: ['apps/web/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat['recommended-latest'], jsxA11y.configs.recommended],
    rules: {
      // Fields are named by their label's component.
      'jsx-a11y-x/label-has-associated-control': ['error', { assert: 'either' }],
      // What can be scrolled can be scrolled by keys.
      'jsx-a11y-x/no-noninteractive-tabindex': ['error', { roles: ['log'] }],
      'no-restricted-syntax': ['error', noDefaultExport, ...markupFromText],
    },
  },
  {
    name: 'time comes from platform/clock',
    files: ['apps/relay/src/**/*.ts'],
    ignores: ['apps/relay/src/platform/clock/**'],
    rules: {
      'no-restricted-properties': ['error', environment.property, wallClock.property],
      'no-restricted-syntax': ['error', noDefaultExport, ...wallClock.syntax],
    },
  },
  {
    name: 'platform/config reads the environment, but not the clock',
    files: ['apps/relay/src/platform/config/**/*.ts'],
    rules: { 'no-restricted-properties': ['error', wallClock.property] },
  },
  {
    name: 'controllers and gateways touch no storage, not even through the index of another feature',
    files: ['apps/relay/src/**/*.{controller,gateway}.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: environment.imports,
          patterns: [
            { regex: '.', importNamePattern: '(Store|Entity)$', message: 'Ask a service: edge, service, store.' },
          ],
        },
      ],
    },
  },
  {
    name: 'services and errors know no HTTP',
    files: ['apps/relay/src/**/*.{service,errors}.ts'],
    ignores: ['apps/relay/src/platform/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: environment.imports,
          patterns: [
            {
              group: ['@nestjs/common'],
              importNamePattern: '(Exception|HttpStatus)$',
              message: 'Refuse with a class of the feature’s own errors; one table maps its code to a status.',
            },
          ],
        },
      ],
    },
  },
  {
    name: 'tests read replies of no declared shape and tell long stories',
    files: testFiles,
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/unbound-method': 'off',
      'max-lines-per-function': 'off',
    },
  },
  {
    name: 'a tool reads the default export',
    files: toolFiles,
    rules: { 'no-restricted-syntax': 'off' },
  },
);
