/** Every duration of the protocol, in the unit its name states. */
export const DURATIONS = {
  /** Life of an access token. */
  accessTokenSeconds: 600,
  /** A socket is closed this long after its access token expired. */
  socketGraceSeconds: 30,
  /** A refresh token that was not used for this long is void. */
  sessionIdleSeconds: 14 * 86_400,
  /** A session ends this long after sign-in, however active. */
  sessionAbsoluteSeconds: 90 * 86_400,
  /** A refresh whose reply was lost may be repeated for this long. */
  lostReplySeconds: 10,
  /** A retry of a send is recognised by its id for at least this long after the entry expired. */
  retryHorizonSeconds: 86_400,
  /** A socket that has not authenticated by then is closed. */
  handshakeSeconds: 5,
  /** Receipts of one reader are announced at most once in this time. */
  receiptCoalesceMs: 1_000,
  /** Longest life of a key package. */
  keyPackageSeconds: 90 * 86_400,
  /** By so much a client's clock may differ from the relay's when it dates a key package. */
  keyPackageSlackSeconds: 3_600,
  /** A linking slot is gone this long after it was opened. */
  linkingSlotSeconds: 120,
  /** A challenge of a second factor is void this long after it was given out. */
  mfaChallengeSeconds: 300,
  /** So long after a second factor was shown, what is sensitive may be done without showing it again. */
  stepUpSeconds: 300,
  /** A trusted device signs in without a second factor for so long. */
  deviceTrustSeconds: 30 * 86_400,
  /** So long another admin can agree to a reset of second factors. */
  mfaResetSeconds: 86_400,
  /** An authenticator app whose first code has not come by then is forgotten. */
  unconfirmedFactorSeconds: 900,
  /** An upload that is not whole by then is given up. */
  unfinishedUploadSeconds: 86_400,
  /** A device is woken at most once in this time. */
  wakeUpsApartSeconds: 20,
  /** For so long a push service keeps a wake-up for a device that it cannot reach: as long as its session lasts unused. */
  wakeUpSeconds: 14 * 86_400,
  /** Longest life a sender may give a message, or an attachment. */
  maxExpiresInSeconds: 365 * 86_400,
  /** Shortest life that a conversation may give to what is written in it. */
  minRetentionSeconds: 60,
} as const;
