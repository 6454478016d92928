import { RelayClient } from '../relay/relay-client.js';

/** What stands between a device and the relay. */
export type Meddler = (request: Request, pass: () => Promise<Response>) => Promise<Response>;

interface Blob {
  readonly bytes: Uint8Array;
  received: number;
}

const problem = (status: number, code: string): Response => new Response(JSON.stringify({ code, status }), { status });

/** Files at a relay that has nothing else, in memory: tus 1.0 as far as a client of ours uses it. */
export class BlobRelay {
  readonly blobs = new Map<string, Blob>();
  readonly asked: string[] = [];
  readonly metadata: string[] = [];
  meddler: Meddler | undefined;
  /** What was sent for each position of each file, if it was ever something else than before: a nonce was used twice. */
  readonly differences: string[] = [];
  private made = 0;

  /** As the session's account. */
  client(): RelayClient {
    const relay = new RelayClient({
      url: 'https://relay.example',
      fetch: async (...args) => {
        const request = new Request(...args);
        this.asked.push(
          `${request.method} ${request.headers.get('range') ?? request.headers.get('upload-offset') ?? ''}`,
        );
        const pass = (): Promise<Response> => this.answer(request);
        return this.meddler === undefined ? pass() : this.meddler(request, pass);
      },
      now: () => 0,
    });
    relay.useSession({ accessToken: 'access', refreshToken: 'refresh', expiresAtMs: 1e12 }, () => Promise.resolve());
    return relay;
  }

  /** The ciphertext of a file that is whole. */
  whole(id: string): Uint8Array {
    const { bytes, received } = this.found(id);
    if (received !== bytes.length) throw new Error('this file is not whole');
    return bytes;
  }

  found(id: string): Blob {
    const blob = this.blobs.get(id);
    if (blob === undefined) throw new Error('there is no such file');
    return blob;
  }

  /** Takes so many bytes of a request, and then the connection breaks. */
  async breakAfter(request: Request, bytes: number): Promise<never> {
    const body = new Uint8Array(await request.arrayBuffer());
    const id = request.url.split('/').at(-1) ?? '';
    this.take(id, Number(request.headers.get('upload-offset')), body.subarray(0, bytes));
    throw new TypeError('fetch failed');
  }

  private async answer(request: Request): Promise<Response> {
    const id = request.url.split('/').at(-1) ?? '';
    if (request.method === 'POST') return this.create(request);
    const blob = this.blobs.get(id);
    if (blob === undefined) return problem(404, 'not_found');
    switch (request.method) {
      case 'HEAD':
        return new Response(null, { headers: { 'upload-offset': String(blob.received) } });
      case 'PATCH':
        return this.append(id, blob, request);
      case 'DELETE':
        this.blobs.delete(id);
        return new Response(null, { status: 204 });
      default:
        return blob.received === blob.bytes.length ? partOf(blob.bytes, request) : problem(404, 'not_found');
    }
  }

  private create(request: Request): Response {
    const id = `00000000-0000-4000-8000-${String(++this.made).padStart(12, '0')}`;
    this.blobs.set(id, { bytes: new Uint8Array(Number(request.headers.get('upload-length'))), received: 0 });
    this.metadata.push(request.headers.get('upload-metadata') ?? '');
    return new Response(null, { status: 201, headers: { location: `/v1/attachments/${id}` } });
  }

  private async append(id: string, blob: Blob, request: Request): Promise<Response> {
    const offset = Number(request.headers.get('upload-offset'));
    if (offset !== blob.received) return problem(409, 'upload_offset_mismatch');
    this.take(id, offset, new Uint8Array(await request.arrayBuffer()));
    return new Response(null, { status: 204, headers: { 'upload-offset': String(blob.received) } });
  }

  private take(id: string, offset: number, part: Uint8Array): void {
    const blob = this.found(id);
    const before = blob.bytes.subarray(offset, offset + part.length);
    const isOther = before.some((byte, n) => byte !== 0 && byte !== part[n]);
    if (isOther) this.differences.push(`${id} at ${String(offset)}`);
    blob.bytes.set(part, offset);
    blob.received = offset + part.length;
  }
}

function partOf(bytes: Uint8Array, request: Request): Response {
  const [, from = '', to = ''] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.get('range') ?? '') ?? [];
  if (Number(from) >= bytes.length) return problem(416, 'range_not_satisfiable');
  return new Response(Uint8Array.from(bytes.subarray(Number(from), Number(to) + 1)), { status: 206 });
}
