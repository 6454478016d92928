import type { RelayClient } from '../relay/relay-client.js';

/** What an account may otherwise than all; null where it is as for all. */
export interface AccountAllowance {
  /** Bytes of ciphertext of all its attachments. */
  readonly attachmentBytes: number | null;
  /** Bytes of ciphertext that it may upload within a day. */
  readonly attachmentBytesPerDay: number | null;
  /** Its rate limits, in percent of those of all, and until when. */
  readonly limits: { readonly percent: number; readonly until: string } | null;
}

/**
 * What admins let single accounts do otherwise than all. Changes take a second factor, as all that admins do.
 *
 * @param relay of the account that is open.
 */
export function allowancesOf(relay: () => Pick<RelayClient, 'call'>) {
  return {
    /** @throws {RelayRefusal} `not_found` @throws {RelayUnreachableError} */
    allowance: async (username: string): Promise<AccountAllowance> => {
      const params = { path: { username } };
      return allowanceOf(await relay().call((api) => api.GET('/v1/admin/users/{username}/allowance', { params })));
    },
    /**
     * Lets an account keep more files than all, or fewer; null for what all may. What it has stays.
     *
     * @throws {RelayRefusal} `mfa_required`, `not_found` @throws {RelayUnreachableError}
     */
    setQuotas: async (
      username: string,
      quotas: Pick<AccountAllowance, 'attachmentBytes' | 'attachmentBytesPerDay'>,
    ): Promise<AccountAllowance> => {
      const params = { path: { username } };
      return allowanceOf(
        await relay().call((api) => api.PUT('/v1/admin/users/{username}/quotas', { params, body: quotas })),
      );
    },
    /**
     * Lets an account do more in a time than all, or less: from 10 to 1,000 percent, for a week if left out.
     *
     * @throws {RelayRefusal} `mfa_required`, `not_found`, `conflict` @throws {RelayUnreachableError}
     *
     * @example
     * await sealpost.admin.setLimits('newsletter', { percent: 500, expiresInSeconds: 86_400 });
     */
    setLimits: async (
      username: string,
      { percent, expiresInSeconds }: { readonly percent: number; readonly expiresInSeconds?: number },
    ): Promise<AccountAllowance> => {
      const params = { path: { username } };
      const body = { percent, ...(expiresInSeconds === undefined ? {} : { expiresIn: expiresInSeconds }) };
      return allowanceOf(await relay().call((api) => api.PUT('/v1/admin/users/{username}/limits', { params, body })));
    },
    /** Gives an account the limits of all. May be repeated. @throws {RelayRefusal} `mfa_required`, `not_found` */
    liftLimits: async (username: string): Promise<void> => {
      const params = { path: { username } };
      await relay().call((api) => api.DELETE('/v1/admin/users/{username}/limits', { params }));
    },
  };
}

function allowanceOf({ attachmentBytes, attachmentBytesPerDay, limits }: AccountAllowance): AccountAllowance {
  return {
    attachmentBytes,
    attachmentBytesPerDay,
    limits: limits && { percent: limits.percent, until: limits.until },
  };
}
