import type { Announcement, Sealpost } from '#sdk';
import type { Operation } from '../operation.js';
import { printable, say, type Terminal, warn } from '../terminal.js';

/** What the admins of the relay tell everybody, the newest first. */
export async function announcements({ sealpost, terminal, options }: Operation): Promise<void> {
  for (const announcement of await sealpost.announcements.list())
    await say(terminal, options.json ? JSON.stringify(announcement) : `${announcement.id}  ${lineOf(announcement)}`);
}

/** Beside what is read there: each announcement once, and those that come later. */
export function tellAnnouncements(sealpost: Sealpost, terminal: Terminal): void {
  const told = new Set<string>();
  const tell = async (): Promise<void> => {
    for (const announcement of await sealpost.announcements.list()) {
      if (!told.has(announcement.id)) warn(terminal, `The relay announces: ${lineOf(announcement)}`);
      told.add(announcement.id);
    }
  };
  // An older relay has none, and of one that is out of reach the command itself tells.
  const look = (): void => void tell().catch(() => undefined);
  look();
  sealpost.listen(({ kind }) => {
    if (kind === 'announcements') look();
  });
}

function lineOf({ severity, text, textEn, expiresAt }: Announcement): string {
  return `${printable(severity)}, until ${expiresAt}: ${printable(textEn ?? text)}`;
}
