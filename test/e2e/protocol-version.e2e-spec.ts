import { KDF_FLOORS, LIMITS, PROTOCOL_RANGE } from '#protocol';
import { call, TestRelay, TestUser } from '#testing';
import { io, type Socket } from 'socket.io-client';

const relay = TestRelay.duringTests();

/** Connects with whatever in its handshake; what it was refused with, or nothing. */
async function refusalOf(auth: object): Promise<Record<string, unknown> | undefined> {
  const socket: Socket = io(relay.url, { transports: ['websocket'], reconnection: false, forceNew: true, auth });
  try {
    return await new Promise((resolve) => {
      socket.once('connect', () => {
        resolve(undefined);
      });
      socket.once('connect_error', (error) => {
        resolve((error as Error & { data: Record<string, unknown> }).data);
      });
    });
  } finally {
    socket.disconnect();
  }
}

const NOT_SPOKEN = ['2', '0', '01', '1.0', '-1', '1,1', '9999999999', 'one', 'NaN', '"1"'];

describe('the version of the protocol', () => {
  it('that a client names is taken if it is spoken, and 1 if none is named', async () => {
    const user = await TestUser.register(relay);
    for (const headers of [{}, { 'sealpost-protocol': '1' }]) {
      const { status, headers: answered } = await call(relay, 'GET', '/v1/auth/me', { token: user.token, headers });
      expect([status, answered.get('sealpost-protocol')]).toEqual([200, '1']);
    }
    expect(await refusalOf({ token: user.token })).toBeUndefined();
    expect(await refusalOf({ token: user.token, protocol: '1' })).toBeUndefined();
  });

  it.each(NOT_SPOKEN)(
    'is refused when it is %s, with those that are spoken, and before anything is done',
    async (version) => {
      const user = await TestUser.register(relay);
      const headers = { 'sealpost-protocol': version };
      const replies = [
        await call(relay, 'PATCH', '/v1/auth/me', { token: user.token, headers, body: { displayName: 'other' } }),
        await call(relay, 'GET', '/v1/auth/me', { headers }),
        await call(relay, 'GET', '/health/live', { headers }),
        await call(relay, 'GET', '/v1/nothing', { headers }),
      ];
      for (const { status, body, headers: answered } of replies) {
        expect([status, body.code, body.supported]).toEqual([400, 'unsupported_protocol', { min: 1, max: 1 }]);
        expect(answered.get('sealpost-protocol')).toBe('1');
      }
      expect((await user.request('GET', '/auth/me')).body.displayName).toBe(user.username);
    },
  );

  it.each([...NOT_SPOKEN, 1, 2, null, {}, ['1']])('is refused in a handshake when it is %j', async (protocol) => {
    const user = await TestUser.register(relay);
    const refused = await refusalOf({ token: user.token, protocol });
    expect(refused).toMatchObject({ code: 'unsupported_protocol', status: 400, supported: { min: 1, max: 1 } });
    // Also of who is nobody: a client learns that it is too old before it signs in.
    expect(await refusalOf({ token: '', protocol })).toMatchObject({ code: 'unsupported_protocol' });
  });

  it('is told to everybody who asks, with all that a client needs to know before it signs in', async () => {
    const { status, body } = await call(relay, 'GET', '/v1/server');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      software: 'sealpost',
      protocol: PROTOCOL_RANGE,
      kdfFloors: KDF_FLOORS,
      limits: { ciphertextBytes: LIMITS.ciphertextBytes, vaultNames: 1_024, vaultBytes: 16 * 1024 ** 2, devices: 10 },
    });
  });

  it('is told with the quotas in force', async () => {
    const small = await TestRelay.start({ environment: { QUOTAS: 'vaultNamesPerAccount=3,devicesPerAccount=2' } });
    const { body } = await call(small, 'GET', '/v1/server');
    expect([body.limits.vaultNames, body.limits.devices]).toEqual([3, 2]);
    await small.stop();
  });
});
