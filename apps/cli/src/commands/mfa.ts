import type { AddedFactor } from '#sdk';
import type { Operation } from '../operation.js';
import { Refusal } from '../refusals.js';
import { withFactor } from '../second-factor.js';
import { askLine, printable, say, type Terminal } from '../terminal.js';

export async function secondFactors({ sealpost, terminal, options }: Operation): Promise<void> {
  const state = await sealpost.mfa.state();
  if (options.json) return say(terminal, JSON.stringify(state));
  for (const { id, kind, name, lastUsedDay } of state.factors)
    await say(terminal, `${id}  ${kind}  ${lastUsedDay ?? 'never used'}  ${printable(name)}`);
  await say(terminal, `${state.recoveryCodesLeft} recovery codes are left.`);
  for (const { deviceId, expiresAt } of state.trustedDevices)
    await say(terminal, `${deviceId}  is not asked until ${expiresAt}`);
}

/** From now on signing in takes a code of it. */
export async function addTotp({ sealpost, terminal, args, password }: Operation): Promise<void> {
  const name = args.length === 0 ? 'Authenticator app' : args.join(' ');
  const { id, secret, uri } = await withFactor({ sealpost, terminal }, () => sealpost.mfa.addTotp(password, name));
  await say(terminal, `For the app: ${uri}`);
  await say(terminal, `To type it: ${secret}`);
  const code = await askLine(terminal, 'The code that it shows: ');
  if (code === '') throw new Refusal('Nothing has been added.');
  await sayCodes(terminal, await sealpost.mfa.confirmTotp(id, code));
}

export async function renewRecoveryCodes({ sealpost, terminal, password }: Operation): Promise<void> {
  const codes = await withFactor({ sealpost, terminal }, () => sealpost.mfa.renewRecoveryCodes(password));
  for (const code of codes) await say(terminal, code);
}

export async function removeFactor({ sealpost, terminal, args: [id = ''], password }: Operation): Promise<void> {
  const factor = (await sealpost.mfa.state()).factors.find((one) => one.id === id);
  if (factor === undefined) throw new Refusal('There is no such second factor: “mfa” lists them.');
  await withFactor({ sealpost, terminal }, () => sealpost.mfa.remove(password, id));
  await say(terminal, `${printable(factor.name)} is removed.`);
}

export async function untrustDevice({ sealpost, args: [id = ''] }: Operation): Promise<void> {
  await sealpost.mfa.untrust(id);
}

async function sayCodes(terminal: Terminal, { factor, recoveryCodes = [] }: AddedFactor): Promise<void> {
  await say(terminal, `${printable(factor.name)} is added.`);
  if (recoveryCodes.length === 0) return;
  await say(terminal, 'Keep these. Each stands in for it once, and they are not shown again:');
  for (const code of recoveryCodes) await say(terminal, code);
}
