/** Bounds of everything a peer may send. Bytes are counted after base64url decoding. */
export const LIMITS = {
  /** Ciphertext of one message. */
  ciphertextBytes: 64 * 1024,
  /** Of a picture that stands in the message about a file: with it, the message is still pushed whole. */
  thumbnailBytes: 16 * 1024,
  /** Client-encrypted metadata (title, avatar) of one conversation. */
  metadataBytes: 32 * 1024,
  /** JSON body of one HTTP request. */
  bodyBytes: 256 * 1024,
  /** One Socket.IO frame. */
  frameBytes: 192 * 1024,
  /** JSON body of a request that carries a commit, its Welcome and its GroupInfo. */
  commitBodyBytes: 4 * 1024 * 1024 + 64 * 1024,
  /** Entries with a larger body are pushed as a hint only. */
  pushBytes: 32 * 1024,
  /** Bytes a stalled reader may leave unread before its socket is closed. */
  socketBacklogBytes: 1024 * 1024,
  /** Entries of one page. */
  pageItems: 200,
  /** One reply of `sync`. */
  syncBytes: 512 * 1024,
  /** Welcomes that one `sync` names. */
  syncWelcomes: 200,
  /** Cursors in one `sync`. */
  syncCursors: 5_000,
  /** A time in ISO 8601, down to nanoseconds and with an offset. */
  timeChars: 35,
  timeMinChars: 20,
  displayNameChars: 64,
  deviceNameChars: 64,
  usernameChars: 32,
  /** Secret the client derives from the password. */
  authKeyBytes: 32,
  kdfSaltBytes: 64,
  kdfMinSaltBytes: 16,
  kdfMemoryKiB: 4 * 1024 * 1024,
  kdfIterations: 100_000_000,
  kdfParallelism: 64,
  publicKeyBytes: 133,
  signatureBytes: 64,
  /** One blob of the vault, as the client encrypted it. */
  vaultItemBytes: 64 * 1024,
  vaultNameChars: 64,
  /** Names of one vault, deleted ones included: their versions are remembered. */
  vaultNamesPerAccount: 1_024,
  /** All blobs of one vault. */
  vaultBytesPerAccount: 16 * 1024 ** 2,
  /** What a client derives from a recovery code for the relay to check. */
  recoveryKeyBytes: 32,
  /** What a new device says in a linking slot, and what is answered. */
  linkingHelloBytes: 1024,
  /** What an old device hands over in a linking slot. */
  linkingProvisioningBytes: 16 * 1024,
  /** Id of a linking slot, and the key by which its opener reads it. */
  linkingSlotIdBytes: 16,
  linkingReadKeyBytes: 32,
  /** Linking slots that are open at once, of everybody. */
  linkingSlots: 10_000,
  /** Authenticator apps of one account: each is one more code that would be a right guess. */
  totpFactors: 3,
  /** Passkeys of one account. */
  passkeys: 10,
  factorNameChars: 64,
  /** Codes that stand in for a lost second factor, made at once. */
  recoveryCodes: 10,
  /** Attempts at one challenge of a second factor. */
  mfaAttempts: 5,
  /** Challenges that nobody has met yet, of everybody: of accounts, and as many for any passkey. */
  mfaChallenges: 20_000,
  /** What a browser and an authenticator say of a passkey; see WebAuthn Level 3. */
  credentialIdBytes: 1_023,
  clientDataBytes: 2_048,
  authenticatorDataBytes: 2_048,
  attestationBytes: 8_192,
  passkeySignatureBytes: 1_024,
  /** Where a push service takes wake-ups for a device. */
  pushEndpointChars: 2_048,
  /** What FCM or APNs call a device. */
  pushTokenChars: 1_024,
  /** Id of an app at APNs. */
  pushTopicChars: 155,
  /** Key of a subscription: a point of P-256, uncompressed. */
  pushKeyBytes: 65,
  pushAuthBytes: 16,
  /** What an admin writes down about a suspension. */
  suspensionReasonChars: 200,
  /** What an administrator tells everybody, in one language. */
  announcementChars: 1_000,
  announcementSeconds: 366 * 86_400,
  /** Announcements that are in force at once. */
  announcements: 10,
  /** Days for which anything is kept at most, if there is a bound. */
  retentionDays: 3_650,
  /** What an admin may let an account have of attachments. */
  attachmentBytesAllowance: 100 * 1024 ** 4,
  /** Of the rate limits that all have, in percent. */
  limitPercentMin: 10,
  limitPercentMax: 1_000,
  limitSeconds: 366 * 86_400,
  /** Accounts with rate limits of their own, at once: each relay has them in memory. */
  accountsWithOwnLimits: 1_000,
  /** What lets somebody register: at random, so that nobody guesses it. */
  invitationCodeBytes: 16,
  invitationNoteChars: 200,
  invitationUses: 10_000,
  invitationSeconds: 366 * 86_400,
  /** Invitations that are there at once. */
  invitations: 1_000,
  conversationsPerAccount: 5_000,
  membersPerConversation: 1_000,
  /** Members named in one request. */
  membersPerRequest: 100,
  devicesPerAccount: 10,
  /** The signed list of an account's devices. */
  deviceListBytes: 4 * 1024,
  keyPackageBytes: 8 * 1024,
  /** Key packages in one upload; what {@link LIMITS.bodyBytes} holds of large ones is less. */
  keyPackagesPerRequest: 100,
  /** Key packages that wait at the relay. */
  keyPackagesPerDevice: 200,
  /** What a device has waiting after an upload. */
  keyPackageStock: 50,
  /** A device hears of its stock when so few are left, and again when none is. */
  keyPackagesLow: 15,
  socketsPerAccount: 10,
  socketsPerAddress: 50,
  /** Bytes an account may append in one UTC day. */
  bytesPerAccountAndDay: 1024 ** 3,
  /** Ciphertext of one attachment, unless the operator sets another: 1 GiB, and 6 % for padding and tags. */
  attachmentBytes: Math.floor(1.06 * 1024 ** 3),
  attachmentsPerAccount: 20_000,
  /** Ciphertext of all attachments of one account. */
  attachmentBytesPerAccount: 20 * 1024 ** 3,
  /** Ciphertext that an account may upload within 24 hours. */
  attachmentBytesPerAccountAndDay: 10 * 1024 ** 3,
  /** Uploads of one account that a relay receives at the same time, and downloads that it serves. */
  uploadsAtOnce: 4,
  downloadsAtOnce: 16,
  /** Messages that one report may show, and what it may say beside them. */
  reportMessages: 20,
  reportTextChars: 2_000,
  /** Receipts are kept per member only in conversations up to this size. */
  receiptMembers: 32,
  /** Devices of all members in a conversation that is an MLS group. */
  mlsDevices: 200,
  mlsCommitBytes: 1024 * 1024,
  mlsWelcomeBytes: 1024 * 1024,
  mlsGroupInfoBytes: 1024 * 1024,
} as const;
