import { RelayRefusal, RelayUnreachableError } from './relay.errors.js';
import { type FreshTokens, Session, type SessionTokens } from './session.js';

const FIRST: SessionTokens = { accessToken: 'access 0', refreshToken: 'refresh 0', expiresAtMs: 600_000 };

/** A session whose relay answers with numbered tokens. */
function sessionWith(options: { nowMs?: number; failures?: Error[]; storing?: () => Promise<void> } = {}) {
  const { failures = [] } = options;
  const presented: string[] = [];
  const stored: SessionTokens[] = [];
  const session = new Session(FIRST, {
    now: () => options.nowMs ?? 0,
    refresh: (refreshToken = ''): Promise<FreshTokens> => {
      presented.push(refreshToken);
      const failure = failures.shift();
      if (failure !== undefined) return Promise.reject(failure);
      const next = Number(refreshToken.split(' ')[1]) + 1;
      return Promise.resolve({ accessToken: `access ${next}`, refreshToken: `refresh ${next}`, expiresIn: 600 });
    },
    onTokens: async (tokens) => {
      await options.storing?.();
      stored.push(tokens);
    },
  });
  return { session, presented, stored };
}

describe('the tokens of a session', () => {
  it('are used as they are while the access token is good', async () => {
    const { session, presented } = sessionWith({ nowMs: 569_000 });
    expect(await session.accessToken()).toBe('access 0');
    expect(presented).toEqual([]);
  });

  it('are refreshed before the access token expires, once for all who ask', async () => {
    const { session, presented, stored } = sessionWith({ nowMs: 571_000 });
    const given = await Promise.all(Array.from({ length: 50 }, () => session.accessToken()));
    expect(new Set(given)).toEqual(new Set(['access 1']));
    expect(presented).toEqual(['refresh 0']);
    expect(stored).toEqual([{ accessToken: 'access 1', refreshToken: 'refresh 1', expiresAtMs: 1_171_000 }]);
  });

  it('are stored before they are used', async () => {
    let isStored: () => void = () => undefined;
    const storing = new Promise<void>((resolve) => (isStored = resolve));
    const { session } = sessionWith({ nowMs: 571_000, storing: () => storing });
    let given: string | undefined;
    const asked = session.accessToken().then((token) => (given = token));
    await new Promise(setImmediate);
    expect(given).toBeUndefined();
    isStored();
    expect(await asked).toBe('access 1');
  });

  it('are asked for again by the same refresh token when they could not be stored', async () => {
    const failures = [new Error('disk full')];
    const storing = () => {
      const failure = failures.shift();
      return failure === undefined ? Promise.resolve() : Promise.reject(failure);
    };
    const { session, presented } = sessionWith({ nowMs: 571_000, storing });
    await expect(session.accessToken()).rejects.toThrow('disk full');
    expect(await session.accessToken()).toBe('access 1');
    expect(presented).toEqual(['refresh 0', 'refresh 0']);
  });

  it('are asked for again by the same refresh token when the answer was lost', async () => {
    const { session, presented } = sessionWith({ nowMs: 571_000, failures: [new RelayUnreachableError()] });
    expect(await session.accessToken()).toBe('access 1');
    expect(presented).toEqual(['refresh 0', 'refresh 0']);
  });

  it('are not asked for again when the session has ended', async () => {
    const ended = new RelayRefusal({ code: 'refresh_token_reused', status: 401 });
    const { session, presented } = sessionWith({ nowMs: 571_000, failures: [ended] });
    await expect(session.accessToken()).rejects.toBe(ended);
    expect(presented).toEqual(['refresh 0']);
  });

  it('replace a refused access token once, however many were refused with it', async () => {
    const { session, presented } = sessionWith();
    const renewed = await Promise.all([session.renewed('access 0'), session.renewed('access 0')]);
    expect([...renewed, await session.renewed('access 0')]).toEqual(['access 1', 'access 1', 'access 1']);
    expect(presented).toEqual(['refresh 0']);
  });

  it('that are in a cookie are refreshed by it, and stored without a refresh token', async () => {
    const stored: SessionTokens[] = [];
    const session = new Session(
      { accessToken: 'access 0', sessionId: 's', expiresAtMs: 0 },
      {
        now: () => 0,
        refresh: (refreshToken) => {
          expect(refreshToken).toBeUndefined();
          return Promise.resolve({ accessToken: 'access 1', expiresIn: 600, sessionId: 's' });
        },
        onTokens: (tokens) => Promise.resolve(void stored.push(tokens)),
      },
    );
    expect(session.transport).toBe('cookie');
    expect(await session.accessToken()).toBe('access 1');
    expect(stored).toEqual([{ accessToken: 'access 1', sessionId: 's', expiresAtMs: 600_000 }]);
  });

  it('are none of another session, whose cookie has taken the place of the own one', async () => {
    const onTokens = jest.fn();
    const session = new Session(
      { accessToken: 'access 0', sessionId: 'own', expiresAtMs: 0 },
      {
        now: () => 0,
        refresh: () => Promise.resolve({ accessToken: 'access 1', expiresIn: 600, sessionId: 'of another account' }),
        onTokens,
      },
    );
    await expect(session.accessToken()).rejects.toMatchObject({ code: 'invalid_refresh_token' });
    expect(onTokens).not.toHaveBeenCalled();
  });
});
