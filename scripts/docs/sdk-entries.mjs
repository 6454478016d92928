// The entries of the SDK's package, and what an app can import of each.

/** Of all pages of the SDK. */
export const SDK_FOLDER = 'reference';
/** How an app imports what each folder of the source offers. */
export const ENTRIES = { index: '@sealpost/sdk', browser: '@sealpost/sdk/browser', node: '@sealpost/sdk/node' };

/** Where the pages of an entry are on the site. */
export function entryFolder(entry) {
  return `${SDK_FOLDER}/${entry.replace('@sealpost/', '')}`;
}

/** The exports of each entry, by the report that `npm run sdk:check` holds against the package: `[entry, name]`. */
export function exportsOf(report) {
  const sections = report.split(/^## /m);
  return Object.entries(ENTRIES).flatMap(([file, entry]) => {
    const section = sections.find((text) => text.startsWith(`\`${file}.d.ts\``)) ?? '';
    const lists = [...section.matchAll(/^export (?:type )?\{ (.*) \}/gm)];
    return lists.flatMap(([, list = '']) => list.split(', ').map((name) => [entry, name]));
  });
}
