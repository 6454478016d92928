import { randomBytes } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { hasErrorCode } from './error-code.js';

const Secrets = z.object({
  superuserPassword: z.string().min(1),
  ownerPassword: z.string().min(1),
  applicationPassword: z.string().min(1),
});

/** The passwords of the three roles. Of these, the superuser's never leaves this folder. */
export type Secrets = z.infer<typeof Secrets>;

/** The passwords kept in `directory`, or `undefined` when none were made yet. */
export async function readSecrets(directory: string): Promise<Secrets | undefined> {
  const path = join(directory, SECRETS_FILE);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return undefined;
    throw error;
  }
  try {
    return Secrets.parse(JSON.parse(text));
  } catch {
    // Without the cause on purpose: a JSON error quotes the text, and the text is passwords.
    throw new Error(`${path} is damaged: restore it from a backup.`);
  }
}

/** Makes new passwords and keeps them, safely on disk before the first database that depends on them. */
export async function createSecrets(directory: string): Promise<Secrets> {
  const secrets: Secrets = {
    superuserPassword: randomPassword(),
    ownerPassword: randomPassword(),
    applicationPassword: randomPassword(),
  };
  const path = join(directory, SECRETS_FILE);
  const file = await open(`${path}.new`, 'w', 0o600);
  try {
    await file.chmod(0o600);
    await file.writeFile(`${JSON.stringify(secrets, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
  return secrets;
}

export const SECRETS_FILE = 'postgres-secrets.json';

/** Base64url, so that it needs no escaping in a URL. */
function randomPassword(): string {
  return randomBytes(24).toString('base64url');
}
