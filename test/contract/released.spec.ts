import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { breakingEventChanges, type EventDocument } from './compatibility/asyncapi-changes.js';
import { breakingChanges, type Document } from './compatibility/openapi-changes.js';

const read = (path: string): unknown => JSON.parse(readFileSync(join(import.meta.dirname, path), 'utf8'));

/** Clients are out there that were made for the documents in `released/`; a release replaces them (CONTRIBUTING.md). */
describe('openapi.json', () => {
  const now = read('../../openapi.json') as Document;

  it('breaks no client of the last release, unless its major version rises', () => {
    expect(breakingChanges(read('released/openapi.json') as Document, now)).toEqual([]);
  });

  it('would be caught doing so', () => {
    const { '/v1/sync': gone, ...paths } = now.paths;
    expect(gone).toBeDefined();
    expect(breakingChanges(now, { ...now, paths })).toEqual(['POST /v1/sync: is gone']);
  });
});

describe('asyncapi.json', () => {
  const now = read('../../asyncapi.json') as EventDocument;

  it('breaks no client of the last release, unless its major version rises', () => {
    expect(breakingEventChanges(read('released/asyncapi.json') as EventDocument, now)).toEqual([]);
  });

  it('would be caught doing so', () => {
    const { pushEntry: gone, ...operations } = now.operations;
    expect(gone).toBeDefined();
    expect(breakingEventChanges(now, { ...now, operations })).toEqual(['pushEntry: is gone']);
  });
});
