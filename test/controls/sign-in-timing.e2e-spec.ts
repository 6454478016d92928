import { recordEvidence, scaled, TestRelay, TestUser } from '#testing';
import { AccountsStore } from '../../apps/relay/src/accounts/accounts.store.js';
import { InvalidCredentials } from '../../apps/relay/src/accounts/credentials.errors.js';
import { CredentialsService } from '../../apps/relay/src/accounts/credentials.service.js';
import { freshName, secret } from '../e2e/signing-in.js';
import { interleaved, type Ratio, ratioOfMedians } from './timings.js';

// The hash is what is tested here.
jest.unmock('argon2');

const PAIRS = scaled({ ci: 60, gate: 300 });
/** The promise before a release. Fewer pairs on a busy machine say less; what the relay must not show is a ratio of 0.1. */
const BOUNDS = scaled({ ci: { low: 0.7, high: 1 / 0.7 }, gate: { low: 0.9, high: 1.1 } });

jest.setTimeout(180_000);

const relay = TestRelay.duringTests();
let user: TestUser;
beforeAll(async () => {
  user = await TestUser.register(relay);
});
afterEach(() => jest.restoreAllMocks());

/** All of an answer that anybody could tell two by. What differs between any two answers is cut out. */
async function shown(response: Response): Promise<string> {
  const headers = [...response.headers].filter(([name]) => !['date', 'x-request-id'].includes(name));
  const body = (await response.text()).replace(/"requestId":"[0-9a-f-]{36}"/, '"requestId":""');
  return JSON.stringify([response.status, headers, body]);
}

/** Asks without looking into the answer, which would take time of its own. */
class Asker {
  readonly answers = new Set<string>();

  constructor(private readonly ask: () => Promise<Response>) {}

  once = async (): Promise<void> => {
    this.answers.add(await shown(await this.ask()));
  };
}

const asking = (path: string, body?: () => object): Asker =>
  new Asker(() => {
    const headers = { 'content-type': 'application/json' };
    const sent = body === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(body()) };
    return fetch(`${relay.url}/v1/auth/${path}`, sent);
  });

const device = { name: 'laptop' };
const unknownNames = (): Asker => asking('login', () => ({ username: freshName(), authKey: secret(), device }));
const wrongSecrets = (): Asker => asking('login', () => ({ username: user.username, authKey: secret(), device }));

async function measured(first: Asker, second: Asker, count = PAIRS): Promise<Ratio> {
  return ratioOfMedians(await interleaved(count, [first.once, second.once]));
}

function expectWithin({ low, high }: Ratio, bounds: { low: number; high: number }): void {
  expect(low).toBeGreaterThanOrEqual(bounds.low);
  expect(high).toBeLessThanOrEqual(bounds.high);
}

describe('an unknown name and a wrong secret', () => {
  it('get the same status, headers and bytes, in the same time (C-04)', async () => {
    const [unknown, wrong] = [unknownNames(), wrongSecrets()];
    const ratio = await measured(unknown, wrong);
    recordEvidence('C-04', { pairs: PAIRS, ...ratio });
    expect(new Set([...unknown.answers, ...wrong.answers]).size).toBe(1);
    expect([...unknown.answers][0]).toMatch(/^\[401,.*invalid_credentials/);
    expectWithin(ratio, BOUNDS);
  });

  it('would be told apart by the time, were no secret checked for an unknown name (C-04)', async () => {
    const credentials = relay.part(CredentialsService);
    const verify = credentials.verify.bind(credentials);
    jest.spyOn(credentials, 'verify').mockImplementation(async (username, authKey) => {
      if ((await relay.part(AccountsStore).credentialsByUsername(username)) === undefined)
        throw new InvalidCredentials();
      return verify(username, authKey);
    });
    const [unknown, wrong] = [unknownNames(), wrongSecrets()];
    const ratio = await measured(unknown, wrong);
    recordEvidence('C-04', { control: 'no decoy', pairs: PAIRS, ...ratio });
    expect(new Set([...unknown.answers, ...wrong.answers]).size).toBe(1);
    expect(ratio.high).toBeLessThan(0.5);
  });
});

describe('the parameters of a name', () => {
  it('come in the same form and time whether somebody has it or not (C-05)', async () => {
    const [free, taken] = [freshName(), user.username].map((name) => asking(`kdf?username=${name}`));
    const ratio = await measured(free!, taken!, 300);
    recordEvidence('C-05', { pairs: 300, ...ratio });
    const [one, other] = [free!, taken!].map(({ answers }) =>
      [...answers].map((answer) => answer.replace(/"salt\\":\\"[\w-]{22}\\"/, '')),
    );
    expect([one!.length, other]).toEqual([1, one]);
    expectWithin(ratio, BOUNDS);
  });
});
