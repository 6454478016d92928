import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Multipart {
  readonly key: string;
  readonly parts: Map<number, Buffer>;
  readonly begun: Date;
}

interface Asked {
  readonly operation: string;
  readonly key: string;
  readonly range: string | undefined;
  readonly part: number | undefined;
  readonly bytes: number;
}

const SIGNED =
  /^AWS4-HMAC-SHA256 Credential=key-id\/\d{8}\/eu-test-1\/s3\/aws4_request, SignedHeaders=[\w;-]+, Signature=[0-9a-f]{64}$/;
const LEAST_PART_BYTES = 5 * 1024 ** 2;
const BUCKET = '/bucket/';

const DENIED = refuse(403, 'AccessDenied');

/** As much of S3 as the relay asks for, and as strict as S3 is about it. What it holds, and what it was asked, tests look at. */
export class ObjectStore {
  readonly objects = new Map<string, Buffer>();
  readonly multiparts = new Map<string, Multipart>();
  readonly asked: Asked[] = [];
  /** Operations that fail as long as they are here. */
  readonly failing = new Map<string, { readonly status: number; readonly code: string }>();
  /** What everything was changed at; the relay's clock may be far from it. */
  changedAt = new Date();
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => void this.serve(request, response));
  }

  static duringTests(): ObjectStore {
    const store = new ObjectStore();
    beforeAll(() => new Promise<void>((listening) => store.server.listen(0, '127.0.0.1', listening)));
    afterAll(() => {
      store.server.closeAllConnections();
      store.server.close();
    });
    return store;
  }

  /** Settings of a relay that uses it. */
  get environment(): Record<string, string> {
    return {
      S3_BUCKET: 'bucket',
      S3_ENDPOINT: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`,
      S3_REGION: 'eu-test-1',
      S3_ACCESS_KEY_ID: 'key-id',
      S3_SECRET_ACCESS_KEY: 'not-a-real-secret',
    };
  }

  askedFor(operation: string): Asked[] {
    return this.asked.filter((one) => one.operation === operation);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://store');
    const key = decodeURIComponent(pathname.slice(BUCKET.length));
    const body = await bodyOf(request).catch(() => undefined);
    if (body === undefined) return;
    const operation = operationOf(request.method ?? '', key, searchParams);
    const part = searchParams.has('partNumber') ? Number(searchParams.get('partNumber')) : undefined;
    const { range } = request.headers;
    this.asked.push({ operation, key, range, part, bytes: body.length });
    const isSigned = SIGNED.test(request.headers.authorization ?? '');
    send(response, isSigned ? this.answer({ operation, key, part, body, query: searchParams, range }) : DENIED);
  }

  private answer(asked: Request): Reply {
    const failure = this.failing.get(asked.operation);
    if (failure !== undefined) return refuse(failure.status, failure.code);
    switch (asked.operation) {
      case 'put':
        this.objects.set(asked.key, asked.body);
        return reply(200, '', { etag: etagOf(asked.body) });
      case 'get':
      case 'head':
        return this.answerObject(asked);
      case 'delete':
        this.objects.delete(asked.key);
        return reply(204);
      case 'begin':
        return this.begin(asked.key);
      case 'list':
        return this.list(asked.query.get('prefix') ?? '');
      case 'listMultiparts':
        return this.listMultiparts(asked.query.get('prefix') ?? '');
      default:
        return this.answerMultipart(asked);
    }
  }

  private answerObject({ operation, key, range }: Request): Reply {
    const object = this.objects.get(key);
    if (object === undefined) return refuse(404, 'NoSuchKey');
    if (operation === 'head') return reply(200, '', { 'content-length': String(object.length) });
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
    if (from === undefined || to === undefined) return reply(200, object);
    if (Number(from) >= object.length) return refuse(416, 'InvalidRange');
    const last = Math.min(Number(to), object.length - 1);
    const head = { 'content-range': `bytes ${from}-${last}/${object.length}` };
    return reply(206, object.subarray(Number(from), last + 1), head);
  }

  private begin(key: string): Reply {
    const id = randomUUID();
    this.multiparts.set(id, { key, parts: new Map(), begun: this.changedAt });
    const names = `<Bucket>bucket</Bucket><Key>${key}</Key><UploadId>${id}</UploadId>`;
    return reply(200, `<InitiateMultipartUploadResult>${names}</InitiateMultipartUploadResult>`);
  }

  private answerMultipart({ operation, key, part, body, query }: Request): Reply {
    const id = query.get('uploadId') ?? '';
    const multipart = this.multiparts.get(id);
    if (multipart?.key !== key) return refuse(404, 'NoSuchUpload');
    const { parts } = multipart;
    const ordered = [...parts].sort(([one], [other]) => one - other);
    if (operation === 'putPart') {
      parts.set(part ?? 0, body);
      return reply(200, '', { etag: etagOf(body) });
    }
    if (operation === 'listParts') return listOfParts(ordered, Number(query.get('part-number-marker') ?? 0));
    this.multiparts.delete(id);
    if (operation === 'abort') return reply(204);
    return this.complete(key, body.toString(), ordered);
  }

  /** S3 takes the parts that are named, in rising order, by the tags it gave out, and only the last may be small. */
  private complete(key: string, named: string, ordered: readonly [number, Buffer][]): Reply {
    const listed = [...named.matchAll(/<Part>.*?<\/Part>/gs)].map(([text]) => ({
      number: Number(/<PartNumber>(\d+)</.exec(text)?.[1]),
      etag: /<ETag>(.*?)</.exec(text)?.[1]?.replaceAll('&quot;', '"'),
    }));
    const known = new Map(ordered);
    if (listed.some(({ number }, index) => index > 0 && number <= listed[index - 1]!.number))
      return refuse(400, 'InvalidPartOrder');
    if (listed.some(({ number, etag }) => etagOf(known.get(number) ?? Buffer.alloc(0)) !== etag))
      return refuse(400, 'InvalidPart');
    const bytes = listed.map(({ number }) => known.get(number)!);
    if (bytes.slice(0, -1).some(({ length }) => length < LEAST_PART_BYTES)) return refuse(400, 'EntityTooSmall');
    this.objects.set(key, Buffer.concat(bytes));
    return reply(200, `<CompleteMultipartUploadResult><Key>${key}</Key></CompleteMultipartUploadResult>`);
  }

  private list(prefix: string): Reply {
    const at = this.changedAt.toISOString();
    const shown = [...this.objects.keys()]
      .filter((key) => key.startsWith(prefix))
      .map((key) => `<Contents><Key>${key}</Key><LastModified>${at}</LastModified></Contents>`);
    return reply(200, `<ListBucketResult><IsTruncated>false</IsTruncated>${shown.join('')}</ListBucketResult>`);
  }

  private listMultiparts(prefix: string): Reply {
    const shown = [...this.multiparts]
      .filter(([, { key }]) => key.startsWith(prefix))
      .map(
        ([id, { key, begun }]) =>
          `<Upload><Key>${key}</Key><UploadId>${id}</UploadId><Initiated>${begun.toISOString()}</Initiated></Upload>`,
      );
    return reply(
      200,
      `<ListMultipartUploadsResult><IsTruncated>false</IsTruncated>${shown.join('')}</ListMultipartUploadsResult>`,
    );
  }
}

/** With the last page comes a marker, too: Swift and others begin anew by it. */
function listOfParts(ordered: readonly [number, Buffer][], after: number): Reply {
  const shown = ordered.filter(([number]) => number > after);
  const marker = `<NextPartNumberMarker>${String(shown.at(-1)?.[0] ?? 0)}</NextPartNumberMarker>`;
  const parts = shown.map(
    ([number, bytes]) =>
      `<Part><PartNumber>${number}</PartNumber><ETag>${etagOf(bytes)}</ETag><Size>${bytes.length}</Size></Part>`,
  );
  return reply(200, `<ListPartsResult><IsTruncated>false</IsTruncated>${marker}${parts.join('')}</ListPartsResult>`);
}

interface Reply {
  readonly status: number;
  readonly body: string | Buffer;
  readonly headers: Record<string, string>;
}

interface Request {
  readonly operation: string;
  readonly key: string;
  readonly part: number | undefined;
  readonly body: Buffer;
  readonly query: URLSearchParams;
  readonly range: string | undefined;
}

function operationOf(method: string, key: string, query: URLSearchParams): string {
  if (key === '') return query.has('uploads') ? 'listMultiparts' : 'list';
  if (method === 'POST') return query.has('uploads') ? 'begin' : 'complete';
  if (!query.has('uploadId')) return method.toLowerCase();
  return { PUT: 'putPart', GET: 'listParts', DELETE: 'abort' }[method] ?? method;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function etagOf(bytes: Buffer): string {
  return `"${createHash('md5').update(bytes).digest('hex')}"`;
}

function reply(status: number, body: string | Buffer = '', headers: Record<string, string> = {}): Reply {
  return { status, body, headers };
}

function refuse(status: number, code: string): Reply {
  return reply(status, `<Error><Code>${code}</Code><Message>no</Message></Error>`);
}

function send(response: ServerResponse, { status, body, headers }: Reply): void {
  response.writeHead(status, { 'content-length': String(Buffer.byteLength(body)), ...headers });
  response.end(body);
}
