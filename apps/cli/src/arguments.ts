import { parseArgs } from 'node:util';

/** The command line is none that this program knows. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Which some commands take, and others do not. */
const OWN_OPTIONS = [
  'json',
  'yes',
  'block',
  'username',
  'code-file',
  'new-password-file',
  'now',
  'cancel-deletion',
  'trust',
  'invitation',
  'uses',
  'days',
] as const;

type OwnOption = (typeof OWN_OPTIONS)[number];

interface Form {
  /** For people. */
  readonly takes: string;
  readonly says: string;
  readonly least: number;
  readonly most: number;
  readonly options: readonly OwnOption[];
}

const WHOM = '<username|group>';
const form = (takes: string, says: string, [least, most]: [number, number], ...options: OwnOption[]): Form => ({
  takes,
  says,
  least,
  most,
  options,
});

/** All that can be asked for. */
export const COMMANDS = {
  register: form('', 'make an account, with this as its first device', [0, 0], 'username', 'invitation'),
  'sign-in': form('', 'sign in on this device', [0, 0], 'username', 'cancel-deletion', 'trust'),
  recover: form(
    '',
    'set a new password by the recovery code, and sign in',
    [0, 0],
    'username',
    'code-file',
    'cancel-deletion',
  ),
  recovery: form('', 'print a new recovery code', [0, 0]),
  password: form('', 'change the password', [0, 0], 'new-password-file'),
  'rotate-identity': form('', 'replace the key of the account: contacts who compared it decide anew', [0, 0]),
  link: form('', 'be linked, as a new device, by one that is signed in', [0, 0]),
  chat: form(WHOM, 'send what you type, print what comes', [1, 1]),
  send: form(`${WHOM} <text…>`, 'send one message', [2, Infinity]),
  reply: form(`${WHOM} <seq> <text…>`, 'answer a message: history --json has its seq', [3, Infinity]),
  react: form(`${WHOM} <seq> [emoji]`, 'put an emoji under a message, or take it back', [2, 3]),
  delete: form(`${WHOM} <seq>`, 'take back a message of yours', [2, 2]),
  'send-file': form(`${WHOM} <path> [caption…]`, 'send a file', [2, Infinity]),
  files: form(WHOM, 'list the files of a conversation, newest first', [1, 1], 'json'),
  'save-file': form(`${WHOM} <seq> <path>`, 'save the file of a message where nothing is yet', [3, 3]),
  listen: form('', 'print each message as it comes, until Ctrl-C', [0, 0], 'json'),
  groups: form('', 'list the groups', [0, 0], 'json'),
  'groups create': form('<title> <usernames…>', 'begin a group', [2, Infinity]),
  'groups add': form('<group> <usernames…>', 'bring people in', [2, Infinity]),
  'groups remove': form('<group> <usernames…>', 'put people out', [2, Infinity]),
  'groups rename': form('<group> <title…>', 'give it another name', [2, Infinity]),
  'groups role': form('<group> <username> <role>', 'owner, admin or member', [3, 3]),
  'groups leave': form('<group>', 'leave for good', [1, 1]),
  retention: form(`${WHOM} [keep|<seconds>] [delivered]`, 'how long the relay keeps messages', [1, 3], 'json'),
  lifetime: form(`${WHOM} [off|<seconds>]`, 'say, or change, when messages disappear for everyone', [1, 2]),
  history: form(WHOM, 'print what stands in a conversation', [1, 1], 'json'),
  verify: form('<username>', 'show the safety number; --yes: it is the same there', [1, 1], 'yes'),
  contacts: form('', 'list whom you have accepted or blocked', [0, 0], 'json'),
  requests: form('', 'list who wants to write to you', [0, 0], 'json'),
  'requests accept': form(WHOM, 'let them', [1, 1]),
  'requests decline': form(WHOM, 'do not; they are not told', [1, 1]),
  privacy: form('[everyone|contacts]', 'say, or change, who may write to you without asking', [0, 1]),
  allow: form('<username>', 'let somebody write without asking', [1, 1]),
  block: form('<username>', 'hear nothing more of somebody', [1, 1]),
  unblock: form('<username>', 'let them begin again', [1, 1]),
  report: form('<username> <reason> [text…]', 'tell the operator of somebody', [2, Infinity], 'block'),
  'report-message': form(`${WHOM} <seq> <reason> [text…]`, 'open a message for the operator', [3, Infinity], 'block'),
  reports: form('', 'list what you have reported', [0, 0], 'json'),
  devices: form('', 'list the devices of the account', [0, 0], 'json'),
  'devices rename': form('<device id> <name…>', 'call a device something else', [2, Infinity]),
  'devices link': form('<code>', 'link the new device that shows the code', [1, 1]),
  'devices revoke': form('<device id>', 'put a device out for good', [1, 1]),
  security: form('', 'list what concerned the security of the account, the newest first', [0, 0], 'json'),
  'security export': form('', 'print all of that, the oldest first, a line of JSON each: worth keeping', [0, 0]),
  'security checkpoints': form('', 'print what the relay signed of its audit log, as JSON: worth keeping', [0, 0]),
  mfa: form('', 'list the second factors, and the devices that are not asked', [0, 0], 'json'),
  'mfa totp': form('[name…]', 'add an authenticator app', [0, Infinity]),
  'mfa recovery-codes': form('', 'print fresh recovery codes: the earlier ones are void', [0, 0]),
  'mfa remove': form('<factor id>', 'remove a second factor', [1, 1]),
  'mfa untrust': form('<device id>', 'have a device be asked again', [1, 1]),
  'admin users': form('[beginning]', 'for admins: list accounts whose names begin so', [0, 1], 'json'),
  'admin user': form('<username>', 'for admins: say what an account is', [1, 1], 'json'),
  'admin security': form('[username]', 'for admins: list security events, of all or of one', [0, 1], 'json'),
  'admin suspend': form('<username> <reason…>', 'for admins: let nobody sign in to an account', [2, Infinity]),
  'admin lift': form('<username>', 'for admins: end a suspension', [1, 1]),
  'admin end-sessions': form('<username>', 'for admins: sign the devices of an account out', [1, 1]),
  'admin reset-mfa': form('<username>', 'for admins: ask another one to reset second factors', [1, 1]),
  'admin resets': form('', 'for admins: list what waits for another one', [0, 0], 'json'),
  'admin approve': form('<request id>', 'for admins: agree to a reset', [1, 1]),
  'admin decline': form('<request id>', 'for admins: do not, or take it back', [1, 1]),
  announcements: form('', 'list what the admins of the relay tell everybody', [0, 0], 'json'),
  'admin registration': form('[open|invite|closed]', 'for admins: say, or change, who may register', [0, 1]),
  'admin retention': form('[days|-]', 'for admins: how long anything is kept at most; - for good', [0, 1]),
  'admin invitations': form('', 'for admins: list invitations, without codes', [0, 0], 'json'),
  'admin invite': form('[note…]', 'for admins: print the code of a new invitation', [0, Infinity], 'uses', 'days'),
  'admin revoke-invitation': form('<invitation id>', 'for admins: let nobody register by it', [1, 1]),
  'admin statistics': form('', 'for admins: how much there is of everything', [0, 0], 'json'),
  'admin allowance': form('<username>', 'for admins: what an account may otherwise than all', [1, 1], 'json'),
  'admin quotas': form('<username> <bytes|-> <bytes a day|->', 'for admins: of files; - as for all', [3, 3]),
  'admin limits': form('<username> <percent|->', 'for admins: rate limits; - as for all', [2, 2], 'days'),
  'admin announce': form(
    '<info|warning|urgent> <text…>',
    'for admins: tell everybody something',
    [2, Infinity],
    'days',
  ),
  'admin withdraw': form('<announcement id>', 'for admins: tell it no longer', [1, 1]),
  export: form('', 'print all conversations as JSON', [0, 0]),
  'sign-out': form('', 'end the session, and delete what is stored here', [0, 0]),
  'delete-account': form('', 'delete the account, after some days or --now; --yes: do not ask', [0, 0], 'now', 'yes'),
} as const satisfies Record<string, Form>;

export type CommandName = keyof typeof COMMANDS;

export interface Options {
  readonly url?: string;
  readonly home?: string;
  readonly username?: string;
  readonly passwordFile?: string;
  readonly newPasswordFile?: string;
  readonly codeFile?: string;
  readonly invitation?: string;
  readonly uses?: number;
  readonly days?: number;
  readonly json: boolean;
  readonly yes: boolean;
  readonly now: boolean;
  readonly cancelDeletion: boolean;
  /** Whether this device wants not to be asked for a second factor again for a while. */
  readonly trust: boolean;
  readonly block: boolean;
}

export interface Invocation {
  readonly command: CommandName | 'help';
  readonly args: readonly string[];
  readonly options: Options;
}

/** @throws {UsageError} */
export function readArguments(argv: readonly string[]): Invocation {
  const { values, positionals } = parsed(argv);
  const { url, home, username, invitation, json, yes, block, now, help } = values;
  const options: Options = {
    ...(url === undefined ? {} : { url: checkedUrl(url) }),
    ...(home === undefined ? {} : { home }),
    ...(username === undefined ? {} : { username }),
    ...(invitation === undefined ? {} : { invitation }),
    ...numbersOf(values),
    ...filesOf(values),
    json: json === true,
    yes: yes === true,
    block: block === true,
    now: now === true,
    cancelDeletion: values['cancel-deletion'] === true,
    trust: values.trust === true,
  };
  if (help === true || positionals.length === 0 || positionals[0] === 'help')
    return { command: 'help', args: [], options };
  const { command, args } = commandOf(positionals);
  check(command, args, values);
  return { command, args, options };
}

/** What `--help` prints. */
export function usage(): string {
  const lines = Object.entries(COMMANDS).map(([name, { takes, says }]) => `  ${`${name} ${takes}`.padEnd(40)}${says}`);
  return [
    'npm run cli -- <command>',
    '',
    ...lines,
    '',
    '  --url URL             of the relay; else that of the last sign-in, else http://127.0.0.1:3000',
    '  --home DIR            where this device keeps what it has; else ~/.sealpost',
    '  --username NAME       whom to register or to sign in',
    '  --invitation CODE     for register, where the relay wants one',
    '  --uses N, --days N    of an invitation: one use and a week if left out; --days of announcements and limits, too',
    '  --password-file FILE  else SEALPOST_PASSWORD, else you are asked',
    '  --new-password-file FILE, --code-file FILE  for password, and for recover; else you are asked',
    '  --cancel-deletion     for sign-in and recover: keep an account that is to be deleted; else you are asked',
    '  --trust               for sign-in: this device is not asked for a second factor again for 30 days',
    '  --json                one JSON object a line: listen, history, files, groups, requests, contacts, devices, security,',
    '                        retention, mfa, announcements, reports, and the lists of admin',
    '  --block               with report, report-message: block them, too',
    '',
    'A name that could be a username is taken for one: group:NAME is the group of that title, and ids always work.',
  ].join('\n');
}

function filesOf(values: ReturnType<typeof parsed>['values']): Partial<Options> {
  const { 'password-file': passwordFile, 'new-password-file': newPasswordFile, 'code-file': codeFile } = values;
  return {
    ...(passwordFile === undefined ? {} : { passwordFile }),
    ...(newPasswordFile === undefined ? {} : { newPasswordFile }),
    ...(codeFile === undefined ? {} : { codeFile }),
  };
}

function numbersOf({ uses, days }: ReturnType<typeof parsed>['values']): Partial<Options> {
  return {
    ...(uses === undefined ? {} : { uses: checkedNumber('uses', uses) }),
    ...(days === undefined ? {} : { days: checkedNumber('days', days) }),
  };
}

function parsed(argv: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const entering = { now: flag, 'cancel-deletion': flag, trust: flag };
  const files = { 'password-file': text, 'new-password-file': text, 'code-file': text };
  const flags = { json: flag, yes: flag, block: flag, help: flag, ...entering };
  const inviting = { invitation: text, uses: text, days: text };
  const options = { url: text, home: text, username: text, ...inviting, ...files, ...flags };
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'The options cannot be read.', { cause: error });
  }
}

function commandOf([first = '', second, ...rest]: readonly string[]): {
  command: CommandName;
  args: readonly string[];
} {
  const both = `${first} ${second ?? ''}`;
  if (isCommand(both)) return { command: both, args: rest };
  const args = second === undefined ? rest : [second, ...rest];
  if (isCommand(first)) return { command: first, args };
  throw new UsageError(`There is no command “${first}”.`);
}

function check(
  command: CommandName,
  { length }: readonly string[],
  values: Readonly<Partial<Record<OwnOption, unknown>>>,
): void {
  const { takes, least, most, options }: Form = COMMANDS[command];
  if (length < least || length > most) throw new UsageError(`It goes: ${`${command} ${takes}`.trimEnd()}`);
  for (const own of OWN_OPTIONS)
    if (values[own] !== undefined && !options.includes(own)) throw new UsageError(`${command} takes no --${own}.`);
  if (options.includes('username') && values.username === undefined) throw new UsageError('Who? --username NAME');
}

function checkedNumber(name: string, given: string): number {
  if (!/^[1-9]\d{0,4}$/.test(given)) throw new UsageError(`--${name} takes a number from 1 on.`);
  return Number(given);
}

function checkedUrl(url: string): string {
  const { protocol = '' } = URL.canParse(url) ? new URL(url) : {};
  if (!['http:', 'https:'].includes(protocol)) throw new UsageError('--url takes the http:// or https:// of a relay.');
  return url;
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}
