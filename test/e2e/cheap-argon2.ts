import type * as HashWasmModule from 'hash-wasm';

type HashWasm = typeof HashWasmModule;

/**
 * To be imported first. What a guess of a password costs is no matter to tests of conversations, which open accounts by the
 * dozen: a third of their time went there. Those of the wire and of whole programs pay the real price.
 */
jest.mock('hash-wasm', () => {
  const { argon2id } = jest.requireActual<HashWasm>('hash-wasm');
  const cheaply: HashWasm['argon2id'] = (options) => argon2id({ ...options, memorySize: 64, iterations: 1 });
  return { argon2id: cheaply };
});
