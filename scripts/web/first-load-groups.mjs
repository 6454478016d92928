const REACT = /\/node_modules\/(react|react-dom|scheduler|use-sync-external-store)\//;
const CRYPTO = /\/libs\/crypto\/|\/node_modules\/(ts-mls|mlkem|hash-wasm|@hpke\/[^/]+|@noble\/[^/]+|@scure\/[^/]+)\//;
const SDK = /\/libs\/(sdk|protocol|api-client)\//;
const APP = /\/apps\/web\//;

/** @returns what a module is shown as part of. Whatever else comes from elsewhere is told apart by whose script it is in. */
export function groupOf(id, script) {
  const path = id.replaceAll('\\', '/');
  if (REACT.test(path)) return 'react';
  if (CRYPTO.test(path)) return 'crypto';
  if (SDK.test(path)) return 'sdk';
  if (APP.test(path)) return 'app';
  return script.startsWith('workers/') ? 'worker packages' : 'page packages';
}

/**
 * Divides each file among its groups by their weight; what is no script is the app's. A compressed file has no exact parts, but
 * the shares come to the sum of all files.
 */
export function sharesOf(files, weights) {
  const shares = { app: 0, react: 0, 'page packages': 0, sdk: 0, crypto: 0, 'worker packages': 0 };
  for (const { path, bytes } of files) {
    const groups = weights.get(path) ?? [{ group: 'app', weight: 1 }];
    const all = groups.reduce((sum, { weight }) => sum + weight, 0);
    const rounded = groups.map(({ group, weight }) => ({ group, share: Math.floor((bytes * weight) / all) }));
    for (const { group, share } of rounded) shares[group] += share;
    shares[rounded[0].group] += bytes - rounded.reduce((sum, { share }) => sum + share, 0);
  }
  return shares;
}
