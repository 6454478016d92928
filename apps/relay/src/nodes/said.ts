import type { ConversationId, DeviceId, Seq, ServerEvent, SessionId } from '#protocol';
import { z } from 'zod';
import type { EndReason } from '../delivery/index.js';
import type { Pushes } from '../gateway/index.js';

/** What one relay says to the others. */
export type Said =
  | { readonly push: readonly [ServerEvent, Pushes[ServerEvent]]; readonly except?: DeviceId | undefined }
  /** Where an entry stands, for those to read who need it: what the bus carries no content for. */
  | { readonly entry: readonly [ConversationId, Seq]; readonly except?: DeviceId | undefined }
  | { readonly ended: readonly SessionId[]; readonly reason: EndReason }
  | { readonly resync: true }
  /** A relay is there. */
  | { readonly beat: string };

/** Only that it is one of them: relays trust each other's words. */
const said = z.union([
  z.object({ push: z.tuple([z.string(), z.looseObject({})]), except: z.string().optional() }),
  z.object({ entry: z.tuple([z.string(), z.number()]), except: z.string().optional() }),
  z.object({ ended: z.array(z.string()), reason: z.string() }),
  z.object({ resync: z.literal(true) }),
  z.object({ beat: z.string() }),
]);

/** @throws when a relay would not say that. */
export function saidIn(body: string): Said {
  return said.parse(JSON.parse(body)) as Said;
}
