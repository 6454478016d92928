import { COMMANDS, readArguments, usage, UsageError } from './arguments.js';

const PLAIN = { json: false, yes: false, block: false, now: false, cancelDeletion: false, trust: false };

describe('the command line', () => {
  it.each([
    [['send', 'grace', 'Good', 'morning'], { command: 'send', args: ['grace', 'Good', 'morning'], options: PLAIN }],
    [['send', 'grace', '--', '--json'], { command: 'send', args: ['grace', '--json'], options: PLAIN }],
    [['send-file', 'grace', 'a.png', 'us'], { command: 'send-file', args: ['grace', 'a.png', 'us'], options: PLAIN }],
    [['save-file', 'grace', '7', 'a.png'], { command: 'save-file', args: ['grace', '7', 'a.png'], options: PLAIN }],
    [['groups'], { command: 'groups', args: [], options: PLAIN }],
    [['groups', 'create', 'Tea', 'ada'], { command: 'groups create', args: ['Tea', 'ada'], options: PLAIN }],
    [['listen', '--json'], { command: 'listen', args: [], options: { ...PLAIN, json: true } }],
    [['delete-account', '--now'], { command: 'delete-account', args: [], options: { ...PLAIN, now: true } }],
    [
      ['sign-in', '--username', 'ada', '--cancel-deletion'],
      { command: 'sign-in', args: [], options: { ...PLAIN, username: 'ada', cancelDeletion: true } },
    ],
    [
      ['sign-in', '--username', 'ada', '--trust'],
      { command: 'sign-in', args: [], options: { ...PLAIN, username: 'ada', trust: true } },
    ],
    [['lifetime', 'grace', 'off'], { command: 'lifetime', args: ['grace', 'off'], options: PLAIN }],
    [['admin', 'security', 'ada'], { command: 'admin security', args: ['ada'], options: PLAIN }],
    [['verify', '--yes', 'ada'], { command: 'verify', args: ['ada'], options: { ...PLAIN, yes: true } }],
    [
      ['register', '--username', 'ada', '--url', 'https://relay.example', '--home', 'h', '--password-file', 'p'],
      {
        command: 'register',
        args: [],
        options: { ...PLAIN, username: 'ada', url: 'https://relay.example', home: 'h', passwordFile: 'p' },
      },
    ],
    [
      ['register', '--username', 'ada', '--invitation', 'code'],
      { command: 'register', args: [], options: { ...PLAIN, username: 'ada', invitation: 'code' } },
    ],
    [
      ['admin', 'invite', 'the', 'choir', '--uses', '20', '--days', '3'],
      { command: 'admin invite', args: ['the', 'choir'], options: { ...PLAIN, uses: 20, days: 3 } },
    ],
    [[], { command: 'help', args: [], options: PLAIN }],
    [['send', '--help'], { command: 'help', args: [], options: PLAIN }],
  ])('%j is understood', (argv, invocation) => {
    expect(readArguments(argv)).toEqual(invocation);
  });

  it.each([
    [['shout', 'grace']],
    [['constructor']],
    [['send', 'grace']],
    [['chat']],
    [['send-file', 'grace']],
    [['save-file', 'grace', '7']],
    [['listen', 'grace']],
    [['groups', 'create', 'Tea']],
    [['groups', 'burn', 'Tea']],
    [['register']],
    [['listen', '--yes']],
    [['send', 'grace', 'hi', '--username', 'ada']],
    [['listen', '--loud']],
    [['sign-in', '--username', 'ada', '--invitation', 'code']],
    [['listen', '--trust']],
    [['lifetime']],
    [['admin', 'invite', '--uses', '0']],
    [['admin', 'invite', '--days', 'many']],
    [['admin', 'statistics', '--uses', '2']],
    [['admin']],
    [['listen', '--home']],
    [['listen', '--url', 'relay.example']],
    [['listen', '--url', 'file:///etc/passwd']],
  ])('%j is wrong usage', (argv) => {
    expect(() => readArguments(argv)).toThrow(UsageError);
  });

  it('takes no password', () => {
    expect(() => readArguments(['register', '--username', 'ada', '--password', 'secret'])).toThrow(UsageError);
  });

  it('is explained with every command', () => {
    for (const name of Object.keys(COMMANDS)) expect(usage()).toContain(`  ${name} `);
  });
});
