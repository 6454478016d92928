import type { TestSocket } from '#testing';

/** Keeps everything that the relay answers to this process. */
export class Wire {
  private readonly parts: string[] = [];
  private readonly fetch = globalThis.fetch;

  /** Overhears every answer over HTTP, until `close`. */
  constructor() {
    globalThis.fetch = async (...args) => {
      const response = await this.fetch(...args);
      this.parts.push(JSON.stringify([...response.headers]), await response.clone().text());
      return response;
    };
  }

  /** Overhears a socket, packet by packet. */
  tap({ socket }: TestSocket): void {
    socket.io.engine.on('packet', ({ data }: { data?: unknown }) => this.parts.push(String(data)));
  }

  get text(): string {
    return this.parts.join('\n');
  }

  close(): void {
    globalThis.fetch = this.fetch;
  }
}
