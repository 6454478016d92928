import type { OpenAccount } from '../account/open-account.js';

/** How far messages have come, as the relay is told and tells. */
export class Receipts {
  constructor(private readonly account: OpenAccount) {}

  /** Says that everything up to a position has been read. */
  async markRead(conversationId: string, upTo: number): Promise<void> {
    await this.mark(conversationId, { read: upTo });
  }

  /** Says that everything up to a position is stored on this device. */
  async markDelivered(conversationId: string, upTo: number): Promise<void> {
    await this.mark(conversationId, { delivered: upTo });
  }

  private async mark(conversationId: string, body: { read?: number; delivered?: number }): Promise<void> {
    await this.account.relay.call((api) =>
      api.PUT('/v1/conversations/{conversationId}/receipts', { params: { path: { conversationId } }, body }),
    );
  }
}
