import { Injectable } from '@nestjs/common';
import type { ClientEvent, ConversationId } from '#protocol';
import { AccessTokens } from '../auth/index.js';
import {
  MessagesService,
  outgoingMessage,
  ReceiptsEventDto,
  ReceiptsService,
  SendEventDto,
  sentMessageDto,
  SyncRequestDto,
  syncReplyDto,
  SyncService,
  TypingEventDto,
  TypingService,
} from '../messages/index.js';
import type { Shape } from '../platform/http/fields.js';
import { AuthRenewDto } from './gateway.dto.js';
import type { Connection } from './connection.js';
import { assertSameSession } from './same-session.js';

/** One event a client may send: what it carries, and who answers it. */
export interface EventDefinition {
  readonly shape: Shape;
  readonly about: string;
  handle(connection: Connection, body: unknown): Promise<object>;
}

/**
 * Every event of the gateway. Checks, limits and errors are applied to all of them by the dispatcher; the handlers call the
 * same service methods as the HTTP routes.
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
    this.events = new Map(Object.entries(this.definitions()));
  }

  get(event: string): EventDefinition | undefined {
    return this.events.get(event);
  }

  private definitions(): Record<ClientEvent, EventDefinition> {
    return {
      'message:send': define(SendEventDto, 'Send a message.', async ({ caller }, body) =>
        sentMessageDto(await this.messages.send(caller, body.conversationId as ConversationId, outgoingMessage(body))),
      ),
      'receipt:update': define(
        ReceiptsEventDto,
        'Say how far you have stored and read a log.',
        async ({ caller }, body) => {
          await this.receipts.mark(caller, body.conversationId as ConversationId, body);
          return {};
        },
      ),
      sync: define(SyncRequestDto, 'Catch up on everything.', async ({ caller }, { incarnation, revision, cursors }) =>
        syncReplyDto(await this.syncs.sync(caller, { incarnation, revision, cursors })),
      ),
      typing: define(TypingEventDto, 'Tell the other members that you are typing.', async ({ caller }, body) => {
        await this.typings.typing(caller, body.conversationId as ConversationId, body.active);
        return {};
      }),
      'auth:renew': define(
        AuthRenewDto,
        'Give a fresh access token before the old one ends.',
        async (connection, body) => this.renew(connection, body),
      ),
    };
  }

  private async renew(connection: Connection, { token }: AuthRenewDto): Promise<object> {
    const { caller, expiresAt } = await this.tokens.verify(token);
    assertSameSession(connection.caller, caller);
    connection.tokenEndsAtMs = expiresAt.getTime();
    return { expiresAt: expiresAt.toISOString() };
  }
}

function define<Body extends object>(
  shape: abstract new () => Body,
  about: string,
  handle: (connection: Connection, body: Body) => Promise<object>,
): EventDefinition {
  // The dispatcher has checked the body against the shape.
  return { shape, about, handle: (connection, body) => handle(connection, body as Body) };
}
