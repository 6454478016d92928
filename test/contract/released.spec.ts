import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { breakingChanges, type Document } from './compatibility/openapi-changes.js';

const read = (path: string): Document => JSON.parse(readFileSync(join(import.meta.dirname, path), 'utf8')) as Document;

/** Clients are out there that were generated from `released/openapi.json`; a release replaces it (CONTRIBUTING.md). */
describe('openapi.json', () => {
  it('breaks no client of the last release, unless its major version rises', () => {
    expect(breakingChanges(read('released/openapi.json'), read('../../openapi.json'))).toEqual([]);
  });

  it('would be caught doing so', () => {
    const now = read('../../openapi.json');
    const { '/v1/sync': gone, ...paths } = now.paths;
    expect(gone).toBeDefined();
    expect(breakingChanges(now, { ...now, paths })).toEqual(['POST /v1/sync: is gone']);
  });
});
