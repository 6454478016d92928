import { createInterface, type Interface } from 'node:readline/promises';
import type { Sealpost } from '#sdk';
import { Inbox } from '../inbox.js';
import { jsonOf, lineOf, messagesAfter } from '../log-lines.js';
import type { Operation } from '../operation.js';
import { conversationWith, nameOf } from '../targets.js';
import { printable, say, type Terminal, warn } from '../terminal.js';
import { tellAnnouncements } from './announcements.js';
import { tellRequests } from './requests.js';

const SHOWN_AT_FIRST = 20;

/**
 * Goes on where the last `listen` stopped, however it ended. A position is stored after its line was written: a kill in between
 * prints that line again, and its `seq` tells.
 */
export async function listen({ sealpost, terminal, home, options, sessionEnded }: Operation): Promise<void> {
  tellOfTheRelay(sealpost, terminal);
  tellAnnouncements(sealpost, terminal);
  tellRequests(sealpost, terminal);
  const positions = await home.printed();
  const { username } = sealpost.self;
  const inbox = new Inbox({
    sealpost,
    positions,
    print: async (conversation, message) => {
      const where = printable(nameOf(conversation, username));
      const asJson = options.json ? JSON.stringify(jsonOf(conversation, message, username)) : undefined;
      await say(terminal, asJson ?? `[${where}] ${lineOf(conversation, message)}`);
      await home.keepPrinted(positions);
    },
  });
  await Promise.race([inbox.follow(terminal.signal), sessionEnded]);
}

/** Ends with `/quit`, Ctrl-C, or the end of what is typed. */
export async function chat({ sealpost, terminal, args: [name = ''], sessionEnded }: Operation): Promise<void> {
  tellOfTheRelay(sealpost, terminal);
  tellAnnouncements(sealpost, terminal);
  const conversation = await conversationWith(sealpost, name);
  const { id } = conversation;
  const before = (await messagesAfter(sealpost, id, 0)).slice(-SHOWN_AT_FIRST);
  for (const message of before) await say(terminal, lineOf(conversation, message));
  const { input, output, signal } = terminal;
  const lines = createInterface({ input, ...(input.isTTY ? { output } : {}) });
  const done = new AbortController();
  const inbox = new Inbox({
    sealpost,
    only: id,
    positions: new Map([[id, before.at(-1)?.seq ?? 0]]),
    print: async (current, message) => {
      await sayAbove(terminal, lines, lineOf(current, message));
      await sealpost.receipts.markRead(id, message.seq);
    },
  });
  try {
    const reading = inbox.follow(AbortSignal.any([signal, done.signal]));
    await Promise.race([sendAll(sealpost, id, lines), reading, sessionEnded]);
    await sealpost.settled();
  } finally {
    done.abort();
    lines.close();
  }
}

async function sendAll(sealpost: Sealpost, id: string, lines: Interface): Promise<void> {
  lines.prompt();
  for await (const line of lines) {
    if (line.trim() === '/quit') return;
    if (line.trim() !== '') await sealpost.messages.send(id, line);
    lines.prompt();
  }
}

/** What is being typed stays where it is, below. */
async function sayAbove(terminal: Terminal, lines: Interface, line: string): Promise<void> {
  const isTyped = terminal.input.isTTY;
  await say(terminal, isTyped ? `\r\u001b[K${line}` : line);
  if (isTyped) lines.prompt(true);
}

function tellOfTheRelay(sealpost: Sealpost, terminal: Terminal): void {
  let isAway = false;
  sealpost.listen(({ kind }) => {
    if (kind === 'offline' && !isAway)
      warn(terminal, 'The relay cannot be reached. What you send is kept until it can.');
    if (kind === 'synced' && isAway) warn(terminal, 'The relay is back.');
    if (kind === 'offline' || kind === 'synced') isAway = kind === 'offline';
  });
}
