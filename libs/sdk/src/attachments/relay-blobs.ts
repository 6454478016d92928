import { UUID_PATTERN } from '#protocol';
import { notTrusted } from '../account/account.errors.js';
import type { Exchange, RelayClient } from '../relay/relay-client.js';

const ID = new RegExp(UUID_PATTERN, 'u');
const WHOLE = /^(?:0|[1-9][0-9]{0,15})$/;
const PATH = '/v1/attachments';
const TUS = { 'tus-resumable': '1.0.0' };

/** An upload that is to be made. */
export interface NewBlob {
  readonly conversationId: string;
  /** Of the ciphertext. */
  readonly bytes: number;
  /** In seconds; as long as the conversation, if left out. */
  readonly expiresIn?: number | undefined;
}

/** Files at the relay, as ciphertext: uploads as of tus 1.0, downloads by range. What they throw is as of `RelayClient`. */
export class RelayBlobs {
  constructor(private readonly relay: Pick<RelayClient, 'exchange'>) {}

  /** @returns the id that the relay gives it. */
  async create({ conversationId, bytes, expiresIn }: NewBlob, signal: AbortSignal): Promise<string> {
    const metadata = { conversationId, ...(expiresIn !== undefined && { expiresIn: String(expiresIn) }) };
    const headers = {
      ...TUS,
      'upload-length': String(bytes),
      'upload-metadata': Object.entries(metadata)
        .map(([name, value]) => `${name} ${btoa(value)}`)
        .join(','),
    };
    const answer = await this.relay.exchange(PATH, { method: 'POST', headers, signal });
    const id = answer.headers.get('location')?.split('/').at(-1) ?? '';
    if (!ID.test(id)) throw notTrusted('The relay does not say where the file is.');
    return id;
  }

  /** How much of an upload the relay has. */
  async offset(id: string, signal: AbortSignal): Promise<number> {
    return offsetOf(await this.exchange(id, { method: 'HEAD', headers: TUS, signal }));
  }

  /** @returns how much the relay has then. */
  async append(id: string, offset: number, { bytes, signal }: Appended): Promise<number> {
    const headers = { ...TUS, 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) };
    return offsetOf(await this.exchange(id, { method: 'PATCH', headers, body: bytes, signal }));
  }

  async remove(id: string): Promise<void> {
    await this.exchange(id, { method: 'DELETE', headers: TUS });
  }

  /** What the relay gives for a part: it may be more, less, or anything else. */
  async read(id: string, { from, to }: Part, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    const headers = { range: `bytes=${String(from)}-${String(to - 1)}` };
    const answer = await this.exchange(id, { method: 'GET', headers, mostBytes: to - from, signal });
    return new Uint8Array(await answer.arrayBuffer());
  }

  private exchange(id: string, exchange: Exchange): Promise<Response> {
    return this.relay.exchange(`${PATH}/${id}`, exchange);
  }
}

interface Appended {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly signal: AbortSignal;
}

/** From the first byte up to, and not with, the last one. */
interface Part {
  readonly from: number;
  readonly to: number;
}

function offsetOf({ headers }: Response): number {
  const offset = headers.get('upload-offset') ?? '';
  if (!WHOLE.test(offset)) throw notTrusted('The relay does not say how much of a file it has.');
  return Number(offset);
}
