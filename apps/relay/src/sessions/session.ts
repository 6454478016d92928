import type { AccountId, DeviceId, SessionId } from '#protocol';

/** How a session's refresh token travels: in bodies, or in a cookie that scripts cannot read. Fixed at sign-in. */
export const TOKEN_TRANSPORTS = ['body', 'cookie'] as const;
export type TokenTransport = (typeof TOKEN_TRANSPORTS)[number];

/** A session as its owner sees it. */
export interface Session {
  readonly id: SessionId;
  readonly accountId: AccountId;
  readonly deviceId: DeviceId;
  readonly transport: TokenTransport;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
  readonly expiresAt: Date;
}

/** A session together with the only copy of its current refresh token. */
export interface OpenedSession {
  readonly session: Session;
  readonly refreshToken: string;
}
