import { DURATIONS, LIMITS } from '#protocol';
import { call, people, type Reply, TestRelay, TestUser } from '#testing';
import { LinkingSweepService } from '../../apps/relay/src/linking/linking-sweep.service.js';
import { encode } from './identity-key.js';
import { secret } from './signing-in.js';

const relay = TestRelay.duringTests();

const said = (text: string): string => encode(Buffer.from(text));
const EXPIRED_MS = DURATIONS.linkingSlotSeconds * 1_000;

interface Slot {
  readonly slotId: string;
  readonly readKey: string;
}

async function opened(offer = 'offer'): Promise<Slot> {
  const { status, body } = await call(relay, 'POST', '/v1/linking', { body: { offer: said(offer) } });
  expect(status).toBe(201);
  return body;
}

const read = ({ slotId, readKey }: Slot): Promise<Reply> =>
  call(relay, 'POST', `/v1/linking/${slotId}/read`, { body: { readKey } });
const answer = (user: TestUser, { slotId }: Slot, text = 'answer'): Promise<Reply> =>
  user.request('PUT', `/linking/${slotId}/answer`, { answer: said(text) });
const provide = (user: TestUser, { slotId }: Slot, text = 'provisioning'): Promise<Reply> =>
  user.request('PUT', `/linking/${slotId}/provisioning`, { provisioning: said(text) });

describe('a linking slot', () => {
  it('takes the offer of a new device to an old one, and the words of that one back, once', async () => {
    const user = await TestUser.register(relay);
    const slot = await opened('hello');
    expect((await user.request('GET', `/linking/${slot.slotId}`)).body.offer).toBe(said('hello'));
    expect((await read(slot)).body).toEqual({ answer: null, provisioning: null });
    expect((await answer(user, slot)).status).toBe(204);
    expect((await read(slot)).body).toEqual({ answer: said('answer'), provisioning: null });
    expect((await read(slot)).status).toBe(200);
    expect((await provide(user, slot)).status).toBe(204);
    expect((await read(slot)).body).toEqual({ answer: said('answer'), provisioning: said('provisioning') });
    for (const gone of [
      await read(slot),
      await user.request('GET', `/linking/${slot.slotId}`),
      await provide(user, slot),
    ])
      expect([gone.status, gone.body.code]).toEqual([404, 'not_found']);
    expect(
      await relay.query('SELECT 1 FROM linking_slots WHERE id = $1', [Buffer.from(slot.slotId, 'base64url')]),
    ).toEqual([]);
  });

  it('is gone after two minutes, whoever asks, and is swept away', async () => {
    const user = await TestUser.register(relay);
    const slot = await opened();
    await answer(user, slot);
    relay.clock.advance(EXPIRED_MS);
    for (const late of [
      await read(slot),
      await user.request('GET', `/linking/${slot.slotId}`),
      await answer(user, slot),
      await provide(user, slot),
    ])
      expect([late.status, late.body.code]).toEqual([404, 'not_found']);
    await relay.part(LinkingSweepService).sweep();
    expect(await relay.query('SELECT 1 FROM linking_slots')).toEqual([]);
  });

  it('says when it will be gone', async () => {
    const before = relay.clock.millis();
    const { body } = await call(relay, 'POST', '/v1/linking', { body: { offer: said('x') } });
    const left = Date.parse(body.expiresAt) - before;
    expect(left).toBeGreaterThanOrEqual(EXPIRED_MS);
    expect(left).toBeLessThan(EXPIRED_MS + 10_000);
  });

  it('takes one answer, and the same again from the same device', async () => {
    const [user, other] = await people(relay, 2);
    const slot = await opened();
    expect((await answer(user, slot, 'mine')).status).toBe(204);
    expect((await answer(user, slot, 'mine')).status).toBe(204);
    const second = await user.onNewDevice();
    for (const late of [
      await answer(user, slot, 'x'),
      await answer(other, slot, 'mine'),
      await answer(second, slot, 'mine'),
    ])
      expect([late.status, late.body.code]).toEqual([409, 'conflict']);
    expect((await read(slot)).body.answer).toBe(said('mine'));
  });

  it('takes the answer of one of ten who answer at once', async () => {
    const users = await people(relay, 10);
    const slot = await opened();
    const replies = await Promise.all(users.map((user, n) => answer(user, slot, `answer ${String(n)}`)));
    expect(replies.map(({ status }) => status).sort()).toEqual([204, ...Array<number>(9).fill(409)]);
    const won = replies.findIndex(({ status }) => status === 204);
    expect((await read(slot)).body.answer).toBe(said(`answer ${String(won)}`));
  });

  it('takes what is handed over from the device that answered, once, and tells the others nothing', async () => {
    const [user, stranger] = await people(relay, 2);
    const second = await user.onNewDevice();
    const slot = await opened();
    expect((await provide(user, slot)).body.code).toBe('not_found');
    await answer(user, slot);
    for (const other of [stranger, second]) expect((await provide(other, slot)).body.code).toBe('not_found');
    expect((await provide(user, slot, 'all')).status).toBe(204);
    expect((await provide(user, slot, 'all')).status).toBe(204);
    expect((await provide(user, slot, 'other')).body.code).toBe('conflict');
    for (const other of [stranger, second]) expect((await provide(other, slot, 'all')).body.code).toBe('not_found');
    expect((await read(slot)).body.provisioning).toBe(said('all'));
  });

  it('is read by one of those who read it at once', async () => {
    const user = await TestUser.register(relay);
    const slot = await opened();
    await answer(user, slot);
    await provide(user, slot);
    const replies = await Promise.all(Array.from({ length: 6 }, () => read(slot)));
    expect(replies.filter(({ body }) => body.provisioning === said('provisioning'))).toHaveLength(1);
    for (const { status } of replies) expect([200, 404]).toContain(status);
  });

  it('is read by nobody without its key, and answered by nobody without a session', async () => {
    const user = await TestUser.register(relay);
    const slot = await opened();
    await answer(user, slot);
    await provide(user, slot);
    for (const readKey of [secret(), Buffer.alloc(32).toString('base64url')])
      expect((await read({ ...slot, readKey })).body.code).toBe('not_found');
    const path = `/v1/linking/${slot.slotId}`;
    for (const [method, url, body] of [
      ['GET', path, undefined],
      ['PUT', `${path}/answer`, { answer: said('x') }],
      ['PUT', `${path}/provisioning`, { provisioning: said('x') }],
    ] as const)
      expect((await call(relay, method, url, { body })).status).toBe(401);
    expect((await read(slot)).status).toBe(200);
  });

  it('keeps no key by which it is read', async () => {
    const slot = await opened();
    const [row] = await relay.query<Record<string, unknown>>(
      'SELECT to_jsonb(s) AS row FROM linking_slots s WHERE id = $1',
      [Buffer.from(slot.slotId, 'base64url')],
    );
    expect(JSON.stringify(row)).not.toContain(Buffer.from(slot.readKey, 'base64url').toString('hex'));
  });

  it('takes as much as it may, and no byte more', async () => {
    const user = await TestUser.register(relay);
    const bytes = (count: number): string => encode(Buffer.alloc(count, 7));
    const { linkingHelloBytes: hello, linkingProvisioningBytes: most } = LIMITS;
    for (const [count, status] of [
      [hello, 201],
      [hello + 1, 400],
      [0, 400],
    ] as const)
      expect((await call(relay, 'POST', '/v1/linking', { body: { offer: bytes(count) } })).status).toBe(status);
    const slot = await opened();
    for (const [count, status] of [
      [hello + 1, 400],
      [0, 400],
      [hello, 204],
    ] as const) {
      const body = { answer: bytes(count) };
      expect((await user.request('PUT', `/linking/${slot.slotId}/answer`, body)).status).toBe(status);
    }
    for (const [count, status] of [
      [most + 1, 400],
      [0, 400],
      [most, 204],
    ] as const) {
      const body = { provisioning: bytes(count) };
      expect((await user.request('PUT', `/linking/${slot.slotId}/provisioning`, body)).status).toBe(status);
    }
  });

  it.each(['x', 'A'.repeat(21), 'A'.repeat(23), `${'A'.repeat(21)}B`, `${'A'.repeat(21)}%20`, '..%2F..%2Fhealth'])(
    'is not named %s',
    async (slotId) => {
      const user = await TestUser.register(relay);
      expect((await user.request('GET', `/linking/${slotId}`)).body.code).toBe('invalid_request');
      expect((await read({ slotId, readKey: secret() })).body.code).toBe('invalid_request');
    },
  );

  it('is opened twenty times by an address in a while, and read as often as a device needs', async () => {
    const strict = await TestRelay.start({ environment: { LIMITS: 'register=100/1' } });
    try {
      const open = (): Promise<Reply> => call(strict, 'POST', '/v1/linking', { body: { offer: said('x') } });
      const first = await open();
      const slot = first.body as Slot;
      for (let n = 1; n < 20; n++) expect((await open()).status).toBe(201);
      expect((await open()).status).toBe(429);
      const body = { readKey: slot.readKey };
      for (let n = 0; n < 120; n++)
        expect((await call(strict, 'POST', `/v1/linking/${slot.slotId}/read`, { body })).status).toBe(200);
    } finally {
      await strict.stop();
    }
  });

  it('is not opened while ten thousand are open, and again once some have expired', async () => {
    const fill = `INSERT INTO linking_slots (id, read_sha256, offer, expires_at)
      SELECT uuid_send(gen_random_uuid()), '\\x00', '\\x00', $1 FROM generate_series(1, $2::int)`;
    await relay.query(fill, [new Date(relay.clock.millis() + EXPIRED_MS), LIMITS.linkingSlots]);
    const { status, body, headers } = await call(relay, 'POST', '/v1/linking', { body: { offer: said('x') } });
    expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'unavailable', '30']);
    relay.clock.advance(EXPIRED_MS + 1);
    await opened();
    await relay.part(LinkingSweepService).sweep();
    expect(await relay.query('SELECT 1 FROM linking_slots')).toHaveLength(1);
  });
});
