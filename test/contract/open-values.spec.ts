import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Clients go on working when the relay has something new to say, because no list of what it says is closed. */

type Json = Readonly<Record<string, unknown>>;

const read = (file: string): Json => JSON.parse(readFileSync(join(import.meta.dirname, '../..', file), 'utf8')) as Json;

/** What is closed for good: another value of these is another version of the protocol, or something else altogether. */
const CLOSED = ['Argon2idKdfDto.algorithm', 'HealthDto.status', 'Pbkdf2KdfDto.algorithm', 'ReadyDto.protocol'];

/** Every object within a JSON value, and within what it refers to, with the names that lead there. Headers are not for reading. */
function* reachable(value: unknown, document: Json, at = '', seen = new Set<string>()): Generator<[string, Json]> {
  if (typeof value !== 'object' || value === null) return;
  const object = value as Json;
  yield [at, object];
  if (typeof object.$ref === 'string' && !seen.has(object.$ref)) {
    seen.add(object.$ref);
    const steps = object.$ref.slice('#/'.length).split('/');
    const found = steps.reduce<unknown>((within, step) => (within as Json)[step.replaceAll('~1', '/')], document);
    yield* reachable(found, document, steps.at(-1), seen);
  }
  for (const [key, inner] of Object.entries(object).filter(([one]) => one !== 'headers'))
    yield* reachable(inner, document, key === 'properties' ? at : `${at}.${key}`, seen);
}

function closedLists(heard: readonly unknown[], document: Json): string[] {
  const found = [...reachable(heard, document)].filter(([, { enum: values }]) => Array.isArray(values));
  return [...new Set(found.map(([at]) => at))].sort();
}

describe('what the relay says with few values', () => {
  it('may have others tomorrow, in answers to requests', () => {
    const document = read('openapi.json');
    const operations = Object.values(document.paths as Json).flatMap((methods) => Object.values(methods as Json));
    const responses = operations.map((operation) => (operation as Json).responses);
    expect(closedLists(responses, document)).toEqual(CLOSED.filter((name) => name !== 'ReadyDto.protocol'));
  });

  it('may have others tomorrow, in pushes and acknowledgements', () => {
    const document = read('asyncapi.json');
    const operations = Object.values(document.operations as Json) as Json[];
    const heard = operations.map(({ action, messages, reply }) => (action === 'send' ? messages : reply));
    expect(closedLists(heard, document)).toEqual(['ReadyDto.protocol']);
  });
});
