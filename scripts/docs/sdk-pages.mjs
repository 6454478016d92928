// The pages of the SDK, from what its source says of each export: TypeDoc reads it, and writes Markdown.
import { join } from 'node:path';
import { Application, Converter, ReflectionKind } from 'typedoc';
import { ENTRIES, SDK_FOLDER } from './sdk-entries.mjs';

const SOURCE = 'libs/sdk/src';
/** Made from openapi.json, whose shapes have pages of their own. */
const OF_THE_CONTRACT = 'components';

const OPTIONS = {
  plugin: ['typedoc-plugin-markdown'],
  entryPoints: [`${SOURCE}/index.ts`, `${SOURCE}/browser/index.ts`, `${SOURCE}/node/index.ts`],
  tsconfig: 'libs/sdk/tsconfig.types.json',
  name: 'The SDK',
  readme: 'none',
  // Of tags and links in comments it asks for more than editors do, which show the same comments.
  logLevel: 'Error',
  excludePrivate: true,
  excludeInternal: true,
  excludeExternals: true,
  disableSources: true,
  disableGit: true,
  sort: ['alphabetical'],
  cleanOutputDir: false,
  entryFileName: 'index',
  excludeScopesInPaths: true,
  hidePageHeader: true,
  hideBreadcrumbs: true,
  useHTMLEncodedBrackets: true,
  sanitizeComments: true,
  useCodeBlocks: true,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  typeAliasPropertiesFormat: 'table',
  typeDeclarationFormat: 'table',
};

/**
 * Writes a page for each entry of the package, and one for each export.
 *
 * @param directory of all pages.
 * @throws {Error} when the source cannot be read.
 */
export async function writeSdkPages(directory) {
  const app = await Application.bootstrapWithPlugins({ ...OPTIONS, out: join(directory, SDK_FOLDER) });
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const entry of project.children) entry.name = ENTRIES[entry.name];
    project
      .getReflectionsByKind(ReflectionKind.All)
      .filter(isOfTheContract)
      .forEach((one) => project.removeReflection(one));
  });
  const project = await app.convert();
  if (project === undefined) throw new Error('TypeDoc could not read the SDK.');
  await app.generateOutputs(project);
  if (app.logger.hasErrors()) throw new Error('TypeDoc found mistakes in the SDK.');
}

/** What stands within it: thousands of fields. */
function isOfTheContract({ parent }) {
  return parent?.name === OF_THE_CONTRACT;
}
