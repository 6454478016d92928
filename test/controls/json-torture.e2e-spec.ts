import { documentedFetch, type JsonFile, jsonFiles, type Reply, TestRelay, TestUser } from '#testing';

const FILES = jsonFiles();
const starting = (letter: string): JsonFile[] => FILES.filter(({ name }) => name.startsWith(`${letter}_`));

const relay = TestRelay.duringTests();
let ada: TestUser;
beforeAll(async () => {
  ada = await TestUser.register(relay);
});

/** Bytes as a body, as they are: to a route for everyone and one for members of the house. */
async function answers({ bytes }: JsonFile): Promise<Reply[]> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${ada.token}` };
  return Promise.all(
    ['/v1/auth/login', '/v1/sync'].map(async (path) => {
      const response = await documentedFetch(`${relay.url}${path}`, { method: 'POST', headers, body: bytes });
      return { status: response.status, headers: response.headers, body: await response.json() };
    }),
  );
}

/** Refused for what it says names the fields; refused because it cannot be read has none to name. */
function readings(replies: readonly Reply[]): string[] {
  return replies.map(({ status, body }) => {
    if (status !== 400 || body.code !== 'invalid_request') return `${status} ${body.code}`;
    return Array.isArray(body.errors) ? 'read' : 'unreadable';
  });
}

async function unlike(files: readonly JsonFile[], expected: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const file of files)
    for (const reading of readings(await answers(file)))
      if (!expected.includes(reading)) found.push(`${file.name}: ${reading}`);
  return found;
}

if (FILES.length > 0)
  describe('the 318 files of JSONTestSuite as bodies (R-12)', () => {
    it('are all there', () => {
      expect(['y', 'n', 'i'].map((letter) => starting(letter).length)).toEqual([95, 188, 35]);
    });

    it('are read when they are JSON, and refused for what they say', async () => {
      expect(await unlike(starting('y'), ['read'])).toEqual([]);
    });

    it('are refused as unreadable when they are none', async () => {
      expect(await unlike(starting('n'), ['unreadable'])).toEqual([]);
    });

    it('are one or the other where readers may differ', async () => {
      expect(await unlike(starting('i'), ['read', 'unreadable'])).toEqual([]);
    });
  });

// There is a test then also where the files are not.
describe('a body (R-12)', () => {
  it('is read or found unreadable, as its answer shows', async () => {
    const body = (text: string): JsonFile => ({ name: text, bytes: Buffer.from(text) });
    expect(await unlike([body('{}'), body('[1]'), body('null'), body('"a"')], ['read'])).toEqual([]);
    expect(await unlike([body('{'), body('[1,]'), body('nul'), body("'a'"), body('')], ['unreadable'])).toEqual([]);
  });
});
