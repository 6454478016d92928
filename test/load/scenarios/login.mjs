/** Sign-ins with the right secret on a device that the account has, beside argon2 alone on the same core. */
import { SERVER_CORE } from '../lib/generate.mjs';
import { withClient } from '../lib/with-client.mjs';

const SIGN_IN = { load: 'login', accounts: 32, inflight: 8 };

export const login = {
  defaults: {},
  unmatched: () => undefined,

  async run(lab) {
    const relays = await lab.startRelays({ people: 2 });
    lab.pin();
    for (const relay of relays)
      if (lab.flags.warmUp > 0) await lab.generate(relay, { ...SIGN_IN, seconds: lab.flags.warmUp });
    await lab.rounds(async () => {
      for (const relay of relays) await lab.measure(relay, 'sign-in', SIGN_IN);
      if (relays.length === 1) await measureArgon2(lab, relays[0]);
    });
  },
};

/** With the parameters of this relay, which has nothing to do meanwhile. */
async function measureArgon2(lab, { ownerUrl }) {
  const { rows } = await withClient(ownerUrl, (client) =>
    client.query('SELECT auth_hash FROM accounts WHERE auth_hash IS NOT NULL LIMIT 1'),
  );
  const argon2 = { load: 'argon2', core: SERVER_CORE, storedHash: rows[0].auth_hash };
  await lab.measure({ name: 'argon2', storesNothing: true }, 'sign-in', argon2);
}
