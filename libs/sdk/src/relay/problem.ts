import { FACTOR_KINDS, type MfaChallenge } from '#protocol';
import { z } from '../shapes.js';
import { RelayRefusal, RelayUnreachableError } from './relay.errors.js';

const passkeyShape = z.object({
  challenge: z.string(),
  rpId: z.string(),
  timeout: z.number(),
  userVerification: z.string(),
  allowCredentials: z.array(z.object({ type: z.string(), id: z.string() })),
});

/** Kinds of factors that this version does not know are left out: it could not ask for them. */
const mfaShape: z.ZodType<MfaChallenge> = z.object({
  challenge: z.string(),
  kinds: z.array(z.string()).transform((kinds) => FACTOR_KINDS.filter((kind) => kinds.includes(kind))),
  expiresIn: z.number(),
  passkey: passkeyShape.optional(),
}) as z.ZodType<MfaChallenge>;

/** In one form, whichever it came in: it is shown to people. */
const timeShape = z
  .string()
  .refine((text) => !Number.isNaN(Date.parse(text)))
  .transform((text) => new Date(text).toISOString());

const problemShape = z.object({
  code: z.string(),
  status: z.number().default(500),
  detail: z.string().optional(),
  retryAfterSeconds: z.number().nonnegative().optional(),
  currentVersion: z.number().optional(),
  mfa: mfaShape.optional(),
  deletionDueAt: timeShape.optional().catch(undefined),
  group: z.object({ generation: z.number(), epoch: z.number() }).optional(),
});
const GATEWAY_STATUSES: readonly number[] = [502, 503, 504];

/** What an answer says that is no success. A proxy that does not reach the relay answers for it, in its own words. */
export function problemOf(body: unknown, { status, headers }: Response): RelayRefusal | RelayUnreachableError {
  const refusal = refusalOf(body, status);
  if (refusal !== undefined) return refusal;
  const seconds = Number(headers.get('retry-after') ?? undefined);
  const retryAfterSeconds = seconds >= 0 ? seconds : undefined;
  if (GATEWAY_STATUSES.includes(status)) return new RelayUnreachableError({ retryAfterSeconds });
  return new RelayRefusal({ code: '', status, retryAfterSeconds });
}

/** What a problem document says. @returns undefined when it is none. */
export function refusalOf(body: unknown, status?: number): RelayRefusal | undefined {
  const { data } = problemShape.safeParse(body);
  return data && new RelayRefusal({ ...data, status: status ?? data.status });
}
