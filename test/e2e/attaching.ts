import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { documentedFetch, type TestUser } from '#testing';

interface Serving {
  readonly url: string;
}

const TUS = { 'tus-resumable': '1.0.0' };
const STRETCH = 'application/offset+octet-stream';

/** Of a request about attachments. Bodies are problems, if anything. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly code: string | undefined;
  readonly bytes: Buffer;
}

export interface NewAttachment {
  readonly conversationId: string;
  readonly length: number;
  readonly expiresIn?: number;
}

/** A person who uploads and downloads by hand, as a client of tus would. */
export class Attacher {
  constructor(
    private readonly relay: Serving,
    readonly user: TestUser,
  ) {}

  async create({ conversationId, length, expiresIn }: NewAttachment): Promise<Answer> {
    return this.post({ 'upload-length': String(length), 'upload-metadata': metadata({ conversationId, expiresIn }) });
  }

  /** Begins an upload, and answers its id. */
  async begin(attachment: NewAttachment): Promise<string> {
    const { status, headers, code } = await this.create(attachment);
    if (status !== 201) throw new Error(`the upload was refused: ${String(status)} ${code ?? ''}`);
    return headers.get('location')!.slice('/v1/attachments/'.length);
  }

  /** Uploads all of it in one request, and answers its id. */
  async upload(conversationId: string, bytes: Buffer, expiresIn?: number): Promise<string> {
    const more = expiresIn === undefined ? {} : { expiresIn };
    const id = await this.begin({ conversationId, length: bytes.length, ...more });
    const { status, code } = await this.send(id, 0, bytes);
    if (status !== 204) throw new Error(`the bytes were refused: ${String(status)} ${code ?? ''}`);
    return id;
  }

  post(headers: Record<string, string>): Promise<Answer> {
    return this.ask('POST', '', { ...TUS, ...headers });
  }

  send(id: string, offset: number, bytes: Buffer, headers: Record<string, string> = {}): Promise<Answer> {
    const own = { 'content-type': STRETCH, 'upload-offset': String(offset) };
    return this.ask('PATCH', `/${id}`, { ...TUS, ...own, ...headers }, bytes);
  }

  /** Where the upload stands. */
  async offset(id: string): Promise<number> {
    const { status, headers } = await this.head(id);
    if (status !== 200) throw new Error(`nothing is known of the upload: ${String(status)}`);
    return Number(headers.get('upload-offset'));
  }

  head(id: string): Promise<Answer> {
    return this.ask('HEAD', `/${id}`, TUS);
  }

  remove(id: string): Promise<Answer> {
    return this.ask('DELETE', `/${id}`, TUS);
  }

  download(id: string, range?: string): Promise<Answer> {
    return this.ask('GET', `/${id}`, range === undefined ? {} : { range });
  }

  /** A request whose bytes the test sends, and which it may break off. */
  stretch(id: string, offset: number, declared?: number): OpenStretch {
    return new OpenStretch(`${this.relay.url}/v1/attachments/${id}`, {
      ...TUS,
      authorization: `Bearer ${this.user.token}`,
      'content-type': STRETCH,
      'upload-offset': String(offset),
      ...(declared === undefined ? {} : { 'content-length': String(declared) }),
    });
  }

  async ask(method: string, path: string, headers: Record<string, string>, body?: Buffer): Promise<Answer> {
    const response = await documentedFetch(`${this.relay.url}/v1/attachments${path}`, {
      method,
      headers: { authorization: `Bearer ${this.user.token}`, ...headers },
      ...(body === undefined ? {} : { body: new Uint8Array(body) }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') === true;
    const code = isProblem && bytes.length > 0 ? (JSON.parse(bytes.toString()) as { code: string }).code : undefined;
    return { status: response.status, headers: response.headers, code, bytes };
  }
}

/** A PATCH under way. */
export class OpenStretch {
  /** How it was answered; 0 if the connection ended first. */
  readonly answered: Promise<{ readonly status: number; readonly code: string | undefined }>;
  private readonly request;

  constructor(url: string, headers: Record<string, string>) {
    this.request = request(url, { method: 'PATCH', headers, agent: false });
    this.answered = new Promise((resolve) => {
      this.request.on('response', (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('close', () => {
          const code = text === '' ? undefined : (JSON.parse(text) as { code: string }).code;
          resolve({ status: response.statusCode ?? 0, code });
        });
      });
      this.request.on('error', () => resolve({ status: 0, code: undefined }));
    });
  }

  /** Until the socket has taken it. */
  async write(bytes: Buffer): Promise<void> {
    if (!this.request.write(bytes)) await once(this.request, 'drain');
  }

  end(): void {
    this.request.end();
  }

  breakOff(): void {
    this.request.destroy();
  }
}

export function metadata(values: Record<string, string | number | undefined>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key} ${Buffer.from(String(value)).toString('base64')}`)
    .join(',');
}

/** Nobody can tell it from ciphertext. */
export function ciphertext(bytes: number): Buffer {
  return randomBytes(bytes);
}

export const DAY_MS = 86_400_000;
