import type { DeviceLink, Sealpost } from '#sdk';
import type { Operation } from '../operation.js';
import { Refusal } from '../refusals.js';
import { asksForFactor } from '../second-factor.js';
import { asksWhether, say, type Terminal } from '../terminal.js';

/** On the new device: shows a code, and has the words compared. The account is open then. */
export async function beLinked(sealpost: Sealpost, terminal: Terminal, password: string): Promise<void> {
  const { code, answered } = await sealpost.link({ deviceName: 'terminal', signal: terminal.signal });
  await say(terminal, `On the other device, within two minutes: devices link ${code}`);
  const { confirm, ...link } = await answered();
  await compare(terminal, link);
  await confirm(password, { secondFactor: asksForFactor(terminal, { trust: false }) });
}

/** What was written before comes from the old device; interrupted, it goes on with the next command. */
export async function awaitHistory({ sealpost, terminal, historyIsHere }: Operation): Promise<void> {
  await say(terminal, `This device is ${sealpost.self.username}’s now. Its history is on the way.`);
  await historyIsHere;
  await say(terminal, 'All of the history is here.');
}

/** On the old device. */
export async function linkDevice({ sealpost, terminal, args: [code = ''] }: Operation): Promise<void> {
  const { confirm, ...link } = await sealpost.devices.link(code);
  await say(terminal, `Whoever shows this code will read all that ${sealpost.self.username} can read.`);
  await compare(terminal, link);
  const handedOver = new Promise<void>((resolve) => {
    sealpost.listen(({ kind }) => {
      if (kind === 'historyHandedOver') resolve();
    });
  });
  await confirm();
  await handedOver;
  await say(terminal, 'The new device has all that it needs.');
}

async function compare(terminal: Terminal, { words, reject }: Pick<DeviceLink, 'words' | 'reject'>): Promise<void> {
  await say(terminal, `Words: ${words.join(' ')}`);
  if (await asksWhether(terminal, 'Does the other device show the same words? (yes/no) ')) return;
  await reject();
  throw new Refusal('Nothing has been linked.');
}
