import type { components } from '#api-client';
import { isRefusal } from '../relay/relay.errors.js';
import type { RelayClient } from '../relay/relay-client.js';

export type LogPage = components['schemas']['LogPageDto'];

/** What a log has behind a position; undefined when it is not to be seen. */
export async function readLogPage(
  relay: Pick<RelayClient, 'call'>,
  conversationId: string,
  after: number,
): Promise<LogPage | undefined> {
  try {
    return await relay.call((api) =>
      api.GET('/v1/conversations/{conversationId}/messages', {
        params: { path: { conversationId }, query: { after } },
      }),
    );
  } catch (error) {
    if (isRefusal(error, 'not_found')) return undefined;
    throw error;
  }
}
