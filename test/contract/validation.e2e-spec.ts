import { inspect } from 'node:util';
import { ModulesContainer } from '@nestjs/core';
import { CLIENT_EVENT_TABLE } from '../../apps/relay/src/gateway/client-event-table.js';
import { HANDSHAKE } from '../../apps/relay/src/gateway/handshake-contract.js';
import { readConfig } from '../../apps/relay/src/platform/config/config.js';
import { InvalidRequest } from '../../apps/relay/src/platform/errors/refusal.js';
import { fieldsOf, type Shape } from '../../apps/relay/src/platform/http/fields.js';
import { assertShape } from '../../apps/relay/src/platform/http/shape-validator.js';
import { SHAPES } from '../../apps/relay/src/platform/http/shapes.fixture.js';
import { createRelay } from '../../apps/relay/src/relay.js';
import { candidates, candidatesFor, fitting } from './shape-candidates.js';
import { shapeInterpreter } from './shape-interpreter.js';

/** The compiled validator decides as the decorators say, of everything that the relay is sent. */

const admits = shapeInterpreter(fieldsOf);
let shapes: Map<string, Shape>;

beforeAll(async () => {
  const secret = Buffer.alloc(32).toString('base64url');
  const config = readConfig({ LOG_LEVEL: 'silent', JWT_KEYS: `shapes:${secret}`, SERVER_SECRET: secret });
  const relay = await createRelay({ config });
  const handled = handlerParameters(
    [...relay.get(ModulesContainer).values()].flatMap((one) => [...one.controllers.values()]),
  );
  const events = Object.values(CLIENT_EVENT_TABLE).map(({ body }): Shape => body);
  shapes = new Map([...handled, ...events, HANDSHAKE.auth].map((shape) => [shape.name, shape]));
  await relay.close();
});

/** What the methods of controllers take, by the types that the compiler leaves. */
function handlerParameters(controllers: readonly { readonly metatype: unknown }[]): Shape[] {
  return controllers.flatMap(({ metatype }) => {
    const prototype = (metatype as Shape).prototype as object;
    return Object.getOwnPropertyNames(prototype).flatMap((method) => {
      const types = (Reflect.getMetadata('design:paramtypes', prototype, method) ?? []) as Shape[];
      return types.filter((type) => typeof type === 'function' && fieldsOf(type).size > 0);
    });
  });
}

/** Whether the compiled validator takes it. */
function takes(shape: Shape, value: unknown, source: 'body' | 'query' = 'body'): boolean {
  try {
    assertShape(shape, value, source);
    return true;
  } catch (error) {
    if (error instanceof InvalidRequest) return false;
    throw error;
  }
}

/** Of what the two think differently, and how often each thing was decided. */
function compared(shape: Shape, values: readonly unknown[]): { different: string[]; taken: number; refused: number } {
  const decided = values.map((value) => ({ value, compiled: takes(shape, value), read: admits(shape, value) }));
  return {
    different: decided
      .filter(({ compiled, read }) => compiled !== read)
      .map(({ value, compiled }) => `${shape.name} ${compiled ? 'takes' : 'refuses'} ${shown(value)}`),
    taken: decided.filter(({ read }) => read).length,
    refused: decided.filter(({ read }) => !read).length,
  };
}

function shown(value: unknown): string {
  return inspect(value).slice(0, 200);
}

describe('the compiled validator', () => {
  it('takes and refuses exactly what the decorators say, of every request and every event', () => {
    expect(shapes.size).toBeGreaterThan(25);
    let count = 0;
    for (const shape of shapes.values()) {
      const { different, taken, refused } = compared(shape, candidates(shape));
      expect(different).toEqual([]);
      expect([shape.name, taken > 0, refused > 10]).toEqual([shape.name, true, true]);
      count += taken + refused;
    }
    expect(count).toBeGreaterThan(3_000);
  });

  it('does so of every kind of field, with each of its options', () => {
    for (const shape of Object.values(SHAPES)) expect(compared(shape, candidates(shape)).different).toEqual([]);
  });

  it('has something that fits, and something that does not, for every field', () => {
    const undecided = [...shapes.values()].flatMap((shape) =>
      [...fieldsOf(shape)]
        .filter(([name, { schema }]) => {
          const whole = fitting(shape);
          const verdicts = candidatesFor(schema).map((value) => admits(shape, { ...whole, [name]: value }));
          return new Set(verdicts).size < 2;
        })
        .map(([name]) => `${shape.name}.${name}`),
    );
    expect(undecided).toEqual([]);
  });

  it('reads numbers and flags of queries from text, and decides the same', () => {
    const texts = [...shapes.values()].flatMap((shape) =>
      [...fieldsOf(shape)]
        .filter(([, { schema }]) => schema.type === 'integer' || schema.type === 'boolean')
        .flatMap(([name, { schema }]) =>
          candidatesFor(schema)
            .filter((value) => typeof value === 'number' || typeof value === 'boolean')
            .map((value) => ({ shape, name, value })),
        ),
    );
    expect(texts.length).toBeGreaterThan(50);
    for (const { shape, name, value } of texts) {
      const whole = fitting(shape);
      const asText = takes(shape, { ...whole, [name]: String(value) }, 'query');
      expect([shape.name, name, value, asText]).toEqual([
        shape.name,
        name,
        value,
        admits(shape, { ...whole, [name]: value }),
      ]);
    }
  });
});
