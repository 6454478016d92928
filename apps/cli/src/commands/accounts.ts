import { Refusal } from '../refusals.js';
import type { Operation } from '../operation.js';
import { readPassword } from '../password.js';
import { withFactor } from '../second-factor.js';
import { printable, say } from '../terminal.js';

export async function greet({ sealpost, terminal, options }: Operation): Promise<void> {
  const { username } = sealpost.self;
  await say(terminal, `This device is ${username}’s now${options.url === undefined ? '' : `, at ${options.url}`}.`);
}

export async function signOut({ sealpost, terminal, home }: Operation): Promise<void> {
  const { username } = sealpost.self;
  await sealpost.signOut();
  await home.forget();
  await say(terminal, `${username} is signed out, and nothing is stored here any more.`);
}

export async function devices({ sealpost, terminal, options }: Operation): Promise<void> {
  for (const device of await sealpost.devices.list()) {
    const { id, name, lastSeenDay, current, isListed } = device;
    const remark = `${current ? ' (this one)' : ''}${isListed ? '' : ' (NOT SIGNED FOR: it reads nothing)'}`;
    await say(terminal, options.json ? JSON.stringify(device) : `${id}  ${lastSeenDay}  ${printable(name)}${remark}`);
  }
}

export async function revokeDevice({ sealpost, terminal, args: [id = ''] }: Operation): Promise<void> {
  const device = (await sealpost.devices.list()).find((one) => one.id === id);
  if (device === undefined) throw new Refusal('There is no such device: “devices” lists them.');
  await withFactor({ sealpost, terminal }, () => sealpost.devices.revoke(id));
  await sealpost.settled();
  await say(terminal, `${printable(device.name)} is put out.`);
}

export async function renameDevice({ sealpost, args: [id = '', ...words] }: Operation): Promise<void> {
  await sealpost.devices.rename(id, words.join(' '));
}

export async function newRecoveryCode({ sealpost, terminal, password }: Operation): Promise<void> {
  await say(terminal, await withFactor({ sealpost, terminal }, () => sealpost.setUpRecovery(password)));
}

/** All other devices have to sign in again. */
export async function changePassword({ sealpost, terminal, options, password }: Operation): Promise<void> {
  const asked = { file: options.newPasswordFile, given: undefined, isNew: true, question: 'New password: ' };
  const next = await readPassword(terminal, asked);
  await withFactor({ sealpost, terminal }, () => sealpost.changePassword(password, next));
  await say(terminal, 'The password is changed.');
}

/** Whoever has verified this account compares anew. */
export async function rotateIdentity({ sealpost, terminal, password }: Operation): Promise<void> {
  await sealpost.rotateIdentity(password);
  await sealpost.settled();
  await say(terminal, 'The identity key is another one. Compare safety numbers anew with whoever had verified you.');
}
