import { readFile } from 'node:fs/promises';
import { UsageError } from './arguments.js';
import { askHidden, type Terminal } from './terminal.js';

interface Asked {
  readonly file: string | undefined;
  /** Of the environment. */
  readonly given: string | undefined;
  /** Whether it is a new one, in which a slip would lock its owner out. */
  readonly isNew: boolean;
  readonly question?: string;
}

/** What opens the account when the password is forgotten: from a file, or whoever sits there. */
export async function readCode(terminal: Terminal, file: string | undefined): Promise<string> {
  if (file !== undefined) return firstLineOf(file);
  if (!terminal.input.isTTY) throw new UsageError('No recovery code: name a --code-file.');
  return askHidden(terminal, 'Recovery code: ');
}

/** From a file, the environment, or whoever sits there. Never from the arguments, which all users of a machine can read. */
export async function readPassword(terminal: Terminal, { file, given, isNew, question }: Asked): Promise<string> {
  const password = file === undefined ? (given ?? (await asked(terminal, isNew, question))) : await firstLineOf(file);
  if (password === '') throw new UsageError('The password is empty.');
  return password;
}

async function asked(terminal: Terminal, isNew: boolean, question = 'Password: '): Promise<string> {
  if (!terminal.input.isTTY) throw new UsageError('No password: set SEALPOST_PASSWORD, or name a --password-file.');
  const password = await askHidden(terminal, question);
  if (isNew && password !== (await askHidden(terminal, 'Once more: ')))
    throw new UsageError('These are two different passwords.');
  return password;
}

async function firstLineOf(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).split(/\r?\n/)[0] ?? '';
  } catch (error) {
    throw new UsageError(`${file} cannot be read.`, { cause: error });
  }
}
