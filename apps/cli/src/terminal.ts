import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** Where a program reads and writes, and what ends it. */
export interface Terminal {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  readonly errors: NodeJS.WriteStream;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** Resolves when the line has left this process. */
export function say({ output }: Terminal, line: string): Promise<void> {
  return new Promise((resolve, reject) => {
    output.write(`${line}\n`, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}

export function warn({ errors }: Terminal, line: string): void {
  errors.write(`${line}\n`);
}

/** Asks for what nobody is to see. */
export async function askHidden({ input, errors, signal }: Terminal, question: string): Promise<string> {
  errors.write(question);
  const nowhere = new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
  const lines = createInterface({ input, output: nowhere, terminal: true });
  try {
    return await lines.question('', { signal });
  } finally {
    lines.close();
    errors.write('\n');
  }
}

/** Asks for a line; the end of the input is an empty one. */
export async function askLine({ input, errors, signal }: Terminal, question: string): Promise<string> {
  // An input that has ended before says so no more.
  if (input.readableEnded) return '';
  const lines = createInterface({ input, output: errors });
  const ended = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
  try {
    return (await Promise.race([lines.question(question, { signal }), ended])).trim();
  } finally {
    lines.close();
  }
}

/** Asks for a yes; the end of the input is none. */
export async function asksWhether(terminal: Terminal, question: string): Promise<boolean> {
  return (await askLine(terminal, question)).toLowerCase() === 'yes';
}

/** Others choose what stands in a message: nothing of it may move the cursor, recolour the screen or turn the line around. */
export function printable(text: string): string {
  return text
    .replace(/\r?\n/gu, '\n    ')
    .replace(/[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu, (char) => (char === '\n' ? char : '\ufffd'));
}
