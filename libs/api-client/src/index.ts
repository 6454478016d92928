import createClient, { type Client, type ClientOptions } from 'openapi-fetch';
import type { paths } from './paths.js';

export type { components, operations, paths } from './paths.js';

/** A client of a relay's HTTP API, typed by its OpenAPI document. */
export type ApiClient = Client<paths>;

/**
 * Makes a client of the relay at `baseUrl`. Each call takes a path of the document and answers `{ data, error, response }`:
 * `error` is a problem document. It throws only what `fetch` throws, when no answer comes.
 *
 * @example
 * const api = createApiClient('https://relay.example', { headers: { authorization: `Bearer ${accessToken}` } });
 * const { data, error } = await api.GET('/v1/users/{username}', { params: { path: { username: 'grace' } } });
 */
export const createApiClient = (baseUrl: string, options: Omit<ClientOptions, 'baseUrl'> = {}): ApiClient =>
  createClient<paths>({ ...options, baseUrl });
