import type { FileMessage } from '#sdk';
import { unlessGone } from '../client/error-code.js';
import type { Client } from '../client/open-client.js';
import { Observable } from '../state/observable.js';

/** On a page of the list. */
const PAGE = 50;

export interface FileListState {
  readonly files: readonly FileMessage[];
  readonly hasMore: boolean;
}

/** The files of a chat, as far back as somebody has asked. */
export class FileList {
  readonly state = new Observable<FileListState>({ files: [], hasMore: true });
  private reading: AsyncGenerator<FileMessage, void> | undefined;

  constructor(
    private readonly client: Client,
    private readonly conversationId: string,
  ) {}

  async start(): Promise<void> {
    this.state.set({ files: [], hasMore: true });
    this.reading = this.client.attachments.list(this.conversationId);
    await this.more();
  }

  stop(): void {
    void this.reading?.return();
    this.reading = undefined;
  }

  async more(): Promise<void> {
    await unlessGone(this.readPage());
  }

  private async readPage(): Promise<void> {
    const { reading } = this;
    const page: FileMessage[] = [];
    let hasMore = reading !== undefined;
    while (reading !== undefined && hasMore && page.length < PAGE) {
      const next = await reading.next();
      if (next.done === true) hasMore = false;
      else page.push(next.value);
    }
    // Nobody looks any more, or at another list.
    if (reading !== this.reading) return;
    this.state.set({ files: [...this.state.get().files, ...page], hasMore });
  }
}
