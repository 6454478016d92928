import { Refusal } from '../refusals.js';
import type { Operation } from '../operation.js';
import { knownConversation } from '../targets.js';
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
  await sealpost.devices.revoke(id);
  await sealpost.settled();
  await say(terminal, `${printable(device.name)} is put out.`);
}

/** What two people read to each other. */
export async function verify({ sealpost, terminal, options, args: [username = ''] }: Operation): Promise<void> {
  const { members } = await knownConversation(sealpost, username);
  const person = members.find((member) => member.username === username);
  if (person === undefined) throw new Refusal(`${username} is in no conversation of yours.`);
  const { accountId } = person;
  await sealpost.contacts.refresh({ accountId, username });
  const { digits, fingerprint } = await sealpost.contacts.safetyNumberWith(accountId);
  await say(terminal, digits);
  if (options.yes) await sealpost.contacts.markVerified(accountId, fingerprint);
  const state = (await sealpost.contacts.find(accountId))?.state;
  await say(terminal, `${username}: ${state ?? 'unknown'}`);
}
