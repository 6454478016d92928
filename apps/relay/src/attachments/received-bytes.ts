import type { Counter } from '../platform/metrics/counted.js';
import { AttachmentTooLarge } from './attachments.errors.js';

/**
 * The bytes of a request, no more of them than there is room for. They end when the client is gone, so that what came before
 * is kept like everything else; whoever has put it away asks for the fault.
 */
export class ReceivedBytes implements AsyncIterable<Buffer> {
  private fault: Error | undefined;

  constructor(
    private readonly chunks: AsyncIterable<Buffer>,
    private readonly most: number,
    private readonly counter: Counter,
  ) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    let left = this.most;
    try {
      for await (const chunk of this.chunks) {
        if (chunk.length > left) throw AttachmentTooLarge.beyondItsLength();
        left -= chunk.length;
        this.counter.add(chunk.length);
        yield chunk;
      }
    } catch (error) {
      this.fault = error instanceof Error ? error : new Error('the body cannot be read', { cause: error });
    }
  }

  /** Throws what ended the bytes before their time. */
  demandWhole(): void {
    if (this.fault !== undefined) throw this.fault;
  }
}
