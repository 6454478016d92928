import { homedir } from 'node:os';
import { join } from 'node:path';
import { type Credentials, Sealpost, type SignInOptions } from '#sdk';
import { NodeStore } from '#sdk/node';
import { type CommandName, type Invocation, readArguments, usage } from './arguments.js';
import {
  changePassword,
  devices,
  greet,
  newRecoveryCode,
  renameDevice,
  revokeDevice,
  rotateIdentity,
  signOut,
} from './commands/accounts.js';
import {
  adminApprove,
  adminDecline,
  adminEndSessions,
  adminLift,
  adminResetMfa,
  adminResets,
  adminSecurity,
  adminSuspend,
  adminUser,
  adminUsers,
} from './commands/admin.js';
import {
  addToGroup,
  createGroup,
  exportAll,
  groups,
  history,
  leaveGroup,
  removeFromGroup,
  renameGroup,
  giveRole,
  send,
} from './commands/conversations.js';
import { allowance, limits, quotas } from './commands/allowances.js';
import { asksToKeep, deleteAccount } from './commands/deletion.js';
import { listFiles, saveFile, sendFile } from './commands/files.js';
import { announcements } from './commands/announcements.js';
import {
  announce,
  invitations,
  invite,
  maximumRetention,
  registration,
  revokeInvitation,
  statistics,
  withdrawAnnouncement,
} from './commands/operations.js';
import { awaitHistory, beLinked, linkDevice } from './commands/linking.js';
import { chat, listen } from './commands/live.js';
import { deleteMessage, react, reply } from './commands/messages.js';
import { addTotp, removeFactor, renewRecoveryCodes, secondFactors, untrustDevice } from './commands/mfa.js';
import { allow, block, contacts, privacy, unblock, verify } from './commands/people.js';
import { report, reportMessage, reports } from './commands/reports.js';
import { acceptRequest, declineRequest, requests } from './commands/requests.js';
import { lifetime, retention } from './commands/retention.js';
import { exportSecurityEvents, securityCheckpoints, securityEvents } from './commands/security.js';
import { Home } from './home.js';
import type { Command, Operation } from './operation.js';
import { readCode, readPassword } from './password.js';
import { isEndOfSession, Refusal, wordsFor } from './refusals.js';
import { asksForFactor } from './second-factor.js';
import { say, type Terminal, warn } from './terminal.js';

const TASKS: Readonly<Record<CommandName, Command>> = {
  register: greet,
  'sign-in': greet,
  link: awaitHistory,
  'sign-out': signOut,
  'delete-account': deleteAccount,
  recover: greet,
  recovery: newRecoveryCode,
  password: changePassword,
  'rotate-identity': rotateIdentity,
  chat,
  send,
  reply,
  react,
  delete: deleteMessage,
  'send-file': sendFile,
  files: listFiles,
  'save-file': saveFile,
  listen,
  retention,
  lifetime,
  history,
  verify,
  devices,
  contacts,
  requests,
  'requests accept': acceptRequest,
  'requests decline': declineRequest,
  privacy,
  allow,
  block,
  unblock,
  report,
  'report-message': reportMessage,
  reports,
  'devices rename': renameDevice,
  'devices link': linkDevice,
  'devices revoke': revokeDevice,
  security: securityEvents,
  'security export': exportSecurityEvents,
  'security checkpoints': securityCheckpoints,
  mfa: secondFactors,
  'mfa totp': addTotp,
  'mfa recovery-codes': renewRecoveryCodes,
  'mfa remove': removeFactor,
  'mfa untrust': untrustDevice,
  'admin users': adminUsers,
  'admin user': adminUser,
  'admin security': adminSecurity,
  'admin suspend': adminSuspend,
  'admin lift': adminLift,
  'admin end-sessions': adminEndSessions,
  'admin reset-mfa': adminResetMfa,
  'admin resets': adminResets,
  'admin approve': adminApprove,
  'admin decline': adminDecline,
  announcements,
  'admin registration': registration,
  'admin retention': maximumRetention,
  'admin invitations': invitations,
  'admin invite': invite,
  'admin revoke-invitation': revokeInvitation,
  'admin statistics': statistics,
  'admin allowance': allowance,
  'admin quotas': quotas,
  'admin limits': limits,
  'admin announce': announce,
  'admin withdraw': withdrawAnnouncement,
  export: exportAll,
  groups,
  'groups create': createGroup,
  'groups add': addToGroup,
  'groups remove': removeFromGroup,
  'groups rename': renameGroup,
  'groups role': giveRole,
  'groups leave': leaveGroup,
};

interface Surroundings {
  readonly terminal: Terminal;
  /** `SEALPOST_PASSWORD` */
  readonly givenPassword: string | undefined;
}

/** Does what the arguments say. @throws {UsageError} and whatever the SDK refuses with. */
export async function run(argv: readonly string[], { terminal, givenPassword }: Surroundings): Promise<void> {
  const { command, args, options } = readArguments(argv);
  if (command === 'help') return say(terminal, usage());
  const isNew = command === 'register' || command === 'recover';
  const password = await readPassword(terminal, { file: options.passwordFile, given: givenPassword, isNew });
  const home = await Home.open(options.home ?? join(homedir(), '.sealpost'));
  const url = options.url ?? (await home.relay());
  const sealpost = new Sealpost({ url, store: await NodeStore.open(home.store) });
  const sessionEnded = watch(sealpost, terminal);
  const historyIsHere = watchHistory(sealpost);
  const work = async (): Promise<void> => {
    await enter({ sealpost, terminal }, { command, options, password });
    if (ENTRANCES.has(command)) await home.keepRelay(url);
    await TASKS[command]({ sealpost, terminal, home, options, args, password, historyIsHere, sessionEnded });
  };
  try {
    await Promise.race([work(), aborted(terminal.signal, command)]);
  } finally {
    await sealpost.close();
  }
}

/** After them the account is here. */
const ENTRANCES: ReadonlySet<string> = new Set(['register', 'sign-in', 'recover', 'link']);

async function enter(
  { sealpost, terminal }: Pick<Operation, 'sealpost' | 'terminal'>,
  { command, options, password }: Pick<Invocation, 'command' | 'options'> & { readonly password: string },
): Promise<void> {
  const person = { username: options.username ?? '', deviceName: 'terminal' };
  const credentials = { ...person, password };
  const asking = { secondFactor: asksForFactor(terminal, options), keepAccount: asksToKeep(terminal, options) };
  if (command === 'recover') {
    const code = await readCode(terminal, options.codeFile);
    const nextCode = await sealpost.recover({ ...person, code, newPassword: password }, asking);
    return say(terminal, `The next recovery code: ${nextCode}`);
  }
  const { invitation } = options;
  if (command === 'register') await sealpost.register({ ...credentials, ...(invitation && { invitation }) });
  else if (command === 'sign-in') await signIn(sealpost, credentials, asking);
  else if (command === 'link') await beLinked(sealpost, terminal, password);
  else await sealpost.unlock(password);
}

/** Also on a device whose account was to be deleted: what is stored there is still the account's. */
async function signIn(sealpost: Sealpost, credentials: Credentials, asking: SignInOptions): Promise<void> {
  const { username, password } = credentials;
  const isHere = (await sealpost.storedAccount())?.username === username;
  if (!isHere) return sealpost.signIn(credentials, asking);
  await sealpost.unlock(password);
  if (await isSignedIn(sealpost)) throw new Refusal(`${username} is signed in here already.`);
  await sealpost.signInAgain(password, password, asking);
}

async function isSignedIn(sealpost: Sealpost): Promise<boolean> {
  try {
    await sealpost.profile();
    return true;
  } catch (error) {
    if (isEndOfSession(error)) return false;
    throw error;
  }
}

/** Warns of what goes wrong behind a command. @returns what is rejected at the end of the session. */
function watch(sealpost: Sealpost, terminal: Terminal): Promise<never> {
  const sessionEnded = new Promise<never>((_resolve, reject) => {
    sealpost.listen((event) => {
      if (event.kind === 'failed' && isEndOfSession(event.error)) reject(new Error(wordsFor(event.error)));
      else if (event.kind === 'failed') warn(terminal, wordsFor(event.error));
    });
  });
  // Short commands do not care: what needs the relay is refused by itself.
  sessionEnded.catch(() => undefined);
  return sessionEnded;
}

function watchHistory(sealpost: Sealpost): Promise<void> {
  return new Promise((resolve) => {
    sealpost.listen((event) => {
      if (event.kind === 'history' && event.isComplete) resolve();
    });
  });
}

/** Some commands end no other way. */
function aborted(signal: AbortSignal, command: CommandName): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => {
      if (command === 'listen' || command === 'chat') resolve();
      else reject(new Refusal('Interrupted.'));
    });
  });
}
