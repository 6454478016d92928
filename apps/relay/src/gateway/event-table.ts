import { Injectable } from '@nestjs/common';
import { CLIENT_EVENTS, type ClientEvent, type ConversationId } from '#protocol';
import { AccessTokens } from '../auth/index.js';
import {
  MessagesService,
  outgoingMessage,
  ReceiptsService,
  sentMessageDto,
  syncReplyDto,
  SyncService,
  TypingService,
} from '../messages/index.js';
import type { Shape } from '../platform/http/fields.js';
import { type BodyOf, CLIENT_EVENT_TABLE, type ReplyOf } from './client-event-table.js';
import type { Connection } from './connection.js';
import type { AuthRenewDto, RenewedDto } from './gateway.dto.js';
import { assertSameSession } from './same-session.js';

/** One event a client may send: the shape of its body, and who answers it. */
export interface EventDefinition {
  readonly shape: Shape;
  handle(connection: Connection, body: unknown): Promise<object>;
}

type Handlers = {
  readonly [Event in ClientEvent]: (connection: Connection, body: BodyOf<Event>) => Promise<ReplyOf<Event>>;
};

/**
 * Who answers each event of CLIENT_EVENT_TABLE. Checks, limits and errors are applied to all of them by the dispatcher; the
 * handlers call the same service methods as the HTTP routes.
 */
@Injectable()
export class EventTable {
  private readonly events: ReadonlyMap<string, EventDefinition>;

  constructor(
    private readonly messages: MessagesService,
    private readonly receipts: ReceiptsService,
    private readonly syncs: SyncService,
    private readonly typings: TypingService,
    private readonly tokens: AccessTokens,
  ) {
    const handlers = this.handlers();
    this.events = new Map(CLIENT_EVENTS.map((event) => [event, definition(event, handlers)]));
  }

  get(event: string): EventDefinition | undefined {
    return this.events.get(event);
  }

  private handlers(): Handlers {
    return {
      'message:send': async ({ caller }, body) =>
        sentMessageDto(await this.messages.send(caller, body.conversationId as ConversationId, outgoingMessage(body))),
      'receipt:update': async ({ caller }, body) => {
        await this.receipts.mark(caller, body.conversationId as ConversationId, body);
        return {};
      },
      sync: async ({ caller }, { incarnation, revision, cursors }) =>
        syncReplyDto(await this.syncs.sync(caller, { incarnation, revision, cursors })),
      typing: async ({ caller }, { conversationId, active }) => {
        await this.typings.typing(caller, conversationId as ConversationId, active);
        return {};
      },
      'auth:renew': async (connection, body) => this.renew(connection, body),
    };
  }

  private async renew(connection: Connection, { token }: AuthRenewDto): Promise<RenewedDto> {
    const { caller, expiresAt } = await this.tokens.verify(token);
    assertSameSession(connection.caller, caller);
    connection.tokenEndsAtMs = expiresAt.getTime();
    return { expiresAt: expiresAt.toISOString() };
  }
}

function definition(event: ClientEvent, handlers: Handlers): EventDefinition {
  // The dispatcher has checked the body against this very shape when it calls the handler.
  return { shape: CLIENT_EVENT_TABLE[event].body, handle: handlers[event] };
}
