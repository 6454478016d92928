import type { AccountId, DeviceId, SessionId } from '#protocol';

/** The session that goes on after a refresh. */
export interface RefreshedSession {
  readonly id: SessionId;
  readonly accountId: AccountId;
  readonly deviceId: DeviceId;
  readonly expiresAt: Date;
}

/** What presenting a refresh token led to. */
export type Rotation =
  | { readonly kind: 'rotated'; readonly session: RefreshedSession; readonly refreshToken: string }
  /** No such token, or its session is over or bound to the other transport. */
  | { readonly kind: 'invalid' }
  /** Somebody else had used it: the session has been ended. */
  | { readonly kind: 'reused'; readonly sessionId: SessionId };
