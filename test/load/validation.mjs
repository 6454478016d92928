#!/usr/bin/env node
/**
 * What compiling the validation saves: microseconds for one body of `message:send`, checked by the validator of the build and
 * by reading the same declarations anew each time (test/contract/shape-interpreter.ts, which decides the same). Both look
 * through the ciphertext with the same function, which is most of the work for a large one.
 *
 *   npm run build && npm run bench:validation
 */
import { tsImport } from 'tsx/esm/api';
import { CLIENT_EVENT_TABLE } from '../../dist/apps/relay/src/gateway/client-event-table.js';
import { fieldsOf } from '../../dist/apps/relay/src/platform/http/fields.js';
import { assertShape, isBase64Url } from '../../dist/apps/relay/src/platform/http/shape-validator.js';
import { median } from './lib/figures.mjs';

const { shapeInterpreter } = await tsImport('../contract/shape-interpreter.ts', import.meta.url);

const ROUNDS = 9;
const ROUND_MS = 400;
const { body: shape } = CLIENT_EVENT_TABLE['message:send'];
const admits = shapeInterpreter(fieldsOf, isBase64Url);
const ways = {
  compiled: (body) => assertShape(shape, body, 'body'),
  interpreted: (body) => {
    if (!admits(shape, body)) throw new Error('a body that fits was refused');
  },
};

for (const [size, bytes] of Object.entries({ '1 KiB': 1024, '64 KiB': 64 * 1024 })) {
  const body = {
    conversationId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11',
    id: '01a0c450-6c00-7000-8000-07be8fa9adc7',
    ciphertext: Buffer.alloc(bytes, 0x5a).toString('base64url'),
    expiresIn: 3600,
  };
  const figures = measured(body);
  const ratio = figures.interpreted / figures.compiled;
  console.log(`${size}: ${asText(figures)}; interpreting takes ${ratio.toFixed(1)} times as long`);
}

/** Medians of rounds in turns, so that a machine that slows down slows both. */
function measured(body) {
  const rounds = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
  for (const check of Object.values(ways)) microsOf(check, body);
  for (let round = 0; round < ROUNDS; round++)
    for (const [name, check] of Object.entries(ways)) rounds[name].push(microsOf(check, body));
  return Object.fromEntries(Object.entries(rounds).map(([name, micros]) => [name, median(micros)]));
}

function microsOf(check, body) {
  const startedAt = performance.now();
  let times = 0;
  while (performance.now() - startedAt < ROUND_MS) {
    for (let index = 0; index < 100; index++) check(body);
    times += 100;
  }
  return ((performance.now() - startedAt) * 1000) / times;
}

function asText(figures) {
  return Object.entries(figures)
    .map(([name, micros]) => `${name} ${micros.toFixed(2)} µs`)
    .join(', ');
}
