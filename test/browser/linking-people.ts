import { encodeQR } from 'qr';
import type { Person } from './web-app.js';

/** Large enough for every reader. */
const PIXELS_A_MODULE = 8;

/** The code that a new browser shows. */
export async function shownCode({ page }: Person): Promise<string> {
  return page.getByTestId('linking-code').innerText();
}

/** On a device that has the account: up to the words. */
export async function enterCode(person: Person, code: string): Promise<void> {
  await person.openDevices();
  await person.page.getByRole('link', { name: 'Link a device' }).click();
  await person.fill('Linking code', code);
  await person.press('Continue');
}

export async function wordsOf({ page }: Person): Promise<string[]> {
  return page.getByRole('list', { name: 'Six words' }).getByRole('listitem').allInnerTexts();
}

/** All of it, on both devices. The new one is on its first page. */
export async function link(old: Person, fresh: Person): Promise<void> {
  await fresh.page.getByRole('link', { name: 'Link to an account you have' }).click();
  await enterCode(old, await shownCode(fresh));
  await fresh.sees('Compare the words');
  await old.sees('Compare the words');
  for (const person of [old, fresh]) await person.press('They are the same');
  await fresh.enterPassword('Link this browser');
}

/** A picture of a code, as it would come from another screen. */
export function pictureOf(code: string): { name: string; mimeType: string; buffer: Buffer } {
  const gif = encodeQR(code, 'gif', { scale: PIXELS_A_MODULE, border: 4 });
  return { name: 'code.gif', mimeType: 'image/gif', buffer: Buffer.from(gif) };
}

/** Chooses a picture where codes are scanned. */
export async function scanPicture({ page }: Person, code: string): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(pictureOf(code));
}

/** Chooses the picture of what another screen shows there. */
export async function scanScreen({ page }: Person, other: Person): Promise<void> {
  const shown = await other.page.locator('svg.qr-code').screenshot();
  const picture = { name: 'screen.png', mimeType: 'image/png', buffer: shown };
  await page.locator('input[type=file]').setInputFiles(picture);
}
