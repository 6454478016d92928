import { type Role, ROLES } from './callers.js';

/** The status that each caller gets, in the order of `ROLES`. */
type Row = readonly [number, number, number, number, number, number];

/** The same for everybody, signed in or not. */
const everybody = (status: number): Row => [status, status, status, status, status, status];
/** For whoever signed in: about themselves, or about what all of them may see. */
const signedIn = (status: number): Row => [401, status, status, status, status, status];
/** For whose it is, and nobody else. */
const owner = (status: number): Row => [401, 404, 404, 404, 404, status];
/** For those who are in the conversation. */
const members = (status: number): Row => [401, 404, 404, 404, status, status];
/** For those who are or were in it, as far as their stay goes. */
const stays = (status: number): Row => [401, 404, status, 404, status, status];
/** For admins of the relay, of whom there is none among those who ask: everybody else is refused, and told no more than that. */
const admins: Row = [401, 403, 403, 403, 403, 403];
/** For those who run the group; the other members are told that they may not. */
const managers = (status: number): Row => [401, 404, 404, 404, 403, status];

/**
 * What each route answers when it is asked about the owner's objects. There is no other tenant: a relay serves one community,
 * and whoever has nothing to do with an object is a stranger to it.
 */
const DECISIONS: Readonly<Record<string, Row>> = {
  healthLive: everybody(200),
  healthReady: everybody(200),
  getServer: everybody(200),
  // For the operator, who is nobody here.
  getMetrics: everybody(401),
  getKdf: everybody(200),
  // Under the owner's name.
  register: everybody(409),
  // As oneself, on the owner's device.
  login: [401, 401, 401, 401, 401, 200],
  refresh: signedIn(200),
  logout: signedIn(204),
  getMe: signedIn(200),
  changeMe: signedIn(200),
  deleteMe: signedIn(204),
  changePassword: signedIn(204),
  setRecovery: signedIn(204),
  removeRecovery: signedIn(204),
  // With a key that opens nothing.
  openRecovery: everybody(401),
  completeRecovery: everybody(401),
  // Everybody has second factors of their own. The owner has begun to add an app, which counts for nothing before its code has
  // come: test/e2e/mfa-step-up.e2e-spec.ts asks about factors and trust that there are.
  getMfa: signedIn(200),
  beginTotp: signedIn(201),
  confirmTotp: owner(200),
  beginPasskey: signedIn(200),
  removeFactor: signedIn(404),
  renewRecoveryCodes: signedIn(404),
  untrustDevice: signedIn(404),
  // To challenges that nobody was given.
  addPasskey: everybody(401),
  stepUp: everybody(401),
  finishSignIn: everybody(401),
  signInByPasskey: everybody(401),
  beginPasskeySignIn: everybody(200),
  listSessions: signedIn(200),
  endSession: owner(204),
  adminGetSettings: admins,
  adminSetRegistration: admins,
  adminSetRetention: admins,
  adminListInvitations: admins,
  adminMakeInvitation: admins,
  adminRevokeInvitation: admins,
  adminGetStatistics: admins,
  adminAnnounce: admins,
  adminWithdrawAnnouncement: admins,
  adminGetAllowance: admins,
  adminSetQuotas: admins,
  adminSetLimits: admins,
  adminLiftLimits: admins,
  // For all to read.
  listAnnouncements: signedIn(200),
  adminListUsers: admins,
  adminListSecurityEvents: admins,
  adminGetUser: admins,
  adminSuspendUser: admins,
  adminUnsuspendUser: admins,
  adminEndSessions: admins,
  adminListMfaResets: admins,
  adminAskMfaReset: admins,
  adminApproveMfaReset: admins,
  adminDeclineMfaReset: admins,
  // Everybody has security events of their own; what the relay signed is for all to keep.
  listSecurityEvents: signedIn(200),
  exportSecurityEvents: signedIn(200),
  listAuditCheckpoints: signedIn(200),
  // Everybody has a device of their own to be woken, and the owner alone has said how.
  getPush: owner(200),
  registerPush: signedIn(200),
  unregisterPush: signedIn(204),
  mutePush: owner(200),
  unmutePush: owner(200),
  // Of the member, in the group: those who are, were or are asked into it may, and nobody reports themselves. What was reported is told to whoever did.
  fileReport: [401, 404, 201, 201, 400, 201],
  listReports: signedIn(200),
  listMyDevices: signedIn(200),
  addDevice: signedIn(201),
  renameDevice: owner(200),
  revokeDevice: owner(204),
  getMyDeviceList: owner(200),
  // The owner's list, and a key package of the owner's device: whoever else brings them names somebody else.
  putDeviceList: [401, 400, 400, 400, 400, 200],
  uploadKeyPackages: [401, 400, 400, 400, 400, 200],
  countKeyPackages: signedIn(200),
  uploadIdentityKey: signedIn(200),
  getMyIdentityKey: owner(200),

  // In the owner's group, and of the owner's upload, which is whole.
  createAttachment: members(201),
  getUpload: owner(200),
  continueUpload: owner(204),
  downloadAttachment: members(200),
  deleteAttachment: owner(204),

  // Everybody has a vault of their own. Names in it are of whoever asks, so others find nothing to replace.
  listVault: signedIn(200),
  getVaultItem: owner(200),
  putVaultItem: [401, 412, 412, 412, 412, 200],
  deleteVaultItem: [401, 412, 412, 412, 412, 204],

  // Whoever was shown the id of a slot may see the offer. The owner has answered; with a key that reads nothing.
  openLinking: everybody(201),
  getLinkingOffer: signedIn(200),
  answerLinking: [401, 409, 409, 409, 409, 204],
  provideLinking: owner(204),
  readLinking: everybody(404),

  // A directory: open to whoever signed in and knows the name, within the budget for strangers.
  listDevices: signedIn(200),
  getIdentityKey: signedIn(200),
  claimKeyPackages: signedIn(200),
  listIdentityKeys: signedIn(200),
  getUser: signedIn(200),

  // Everybody has contacts of their own. This one is of the owner, and is the member, who is no contact of themselves.
  listContacts: signedIn(200),
  getContact: owner(200),
  decideContact: [401, 200, 200, 200, 400, 200],
  removeContact: signedIn(204),

  createConversation: signedIn(201),
  listConversations: signedIn(200),
  // The invited see that they are asked, and by whom.
  getConversation: [401, 404, 200, 200, 200, 200],
  leaveConversation: [401, 404, 204, 204, 204, 204],
  acceptConversation: [401, 404, 404, 204, 204, 204],
  addMembers: managers(200),
  removeMembers: managers(200),
  changeRole: managers(200),
  setMetadata: managers(200),
  getRetention: members(200),
  setRetention: managers(200),

  // This group is none of MLS: who is in it is told so. test/e2e/mls-commits.e2e-spec.ts asks about one that is.
  sendCommit: [401, 404, 404, 404, 400, 400],
  repairGroupInfo: [401, 404, 404, 404, 409, 409],
  getGroupInfo: [401, 404, 404, 404, 404, 404],
  listWelcomes: signedIn(200),
  deleteWelcome: [401, 404, 404, 404, 404, 404],

  // To the member, who cannot write to themselves.
  sendDirectMessage: [401, 201, 201, 201, 400, 201],
  sendMessage: members(201),
  readLog: stays(200),
  // The message came after the former member was gone.
  getMessage: members(200),
  markDelivered: members(204),
  markRead: members(204),
  updateReceipts: stays(204),
  listReceipts: members(200),
  listInbox: signedIn(200),
  listSent: signedIn(200),
  sync: signedIn(200),
};

/** What each event answers when it is asked about the owner's conversation: nothing amiss, or a code. Nobody connects anonymously. */
export const EVENT_DECISIONS: Readonly<Record<string, Readonly<Partial<Record<Role, string>>>>> = {
  'message:send': { stranger: 'not_found', former: 'not_found', invited: 'not_found' },
  'receipt:update': { stranger: 'not_found', invited: 'not_found' },
  typing: { stranger: 'not_found', former: 'not_found', invited: 'not_found' },
  sync: {},
  // With the owner's token.
  'auth:renew': {
    stranger: 'forbidden',
    former: 'forbidden',
    invited: 'forbidden',
    member: 'forbidden',
  },
};

/**
 * Names are no secret to whoever knows them: these routes tell one that is taken from one that is not, and so count on the
 * budget for strangers (C-34).
 */
export const TELL_NAMES = [
  'listDevices',
  'claimKeyPackages',
  'getIdentityKey',
  'listIdentityKeys',
  'getUser',
  'decideContact',
  'fileReport',
];

/** The routes that are decided on. */
export const DECIDED = Object.keys(DECISIONS);

/** What a route answers to somebody. @throws for a route that nobody decided on. */
export function decisionOn(operationId: string, role: Role): number {
  const status = DECISIONS[operationId]?.[ROLES.indexOf(role)];
  if (status === undefined)
    throw new Error(`nobody decided who may ${operationId}: test/controls/decisions.ts has no row`);
  return status;
}
