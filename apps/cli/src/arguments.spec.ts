import { COMMANDS, readArguments, usage, UsageError } from './arguments.js';

const PLAIN = { json: false, yes: false, block: false };

describe('the command line', () => {
  it.each([
    [['send', 'grace', 'Good', 'morning'], { command: 'send', args: ['grace', 'Good', 'morning'], options: PLAIN }],
    [['send', 'grace', '--', '--json'], { command: 'send', args: ['grace', '--json'], options: PLAIN }],
    [['send-file', 'grace', 'a.png', 'us'], { command: 'send-file', args: ['grace', 'a.png', 'us'], options: PLAIN }],
    [['save-file', 'grace', '7', 'a.png'], { command: 'save-file', args: ['grace', '7', 'a.png'], options: PLAIN }],
    [['groups'], { command: 'groups', args: [], options: PLAIN }],
    [['groups', 'create', 'Tea', 'ada'], { command: 'groups create', args: ['Tea', 'ada'], options: PLAIN }],
    [['listen', '--json'], { command: 'listen', args: [], options: { ...PLAIN, json: true } }],
    [['verify', '--yes', 'ada'], { command: 'verify', args: ['ada'], options: { ...PLAIN, yes: true } }],
    [
      ['register', '--username', 'ada', '--url', 'https://relay.example', '--home', 'h', '--password-file', 'p'],
      {
        command: 'register',
        args: [],
        options: { ...PLAIN, username: 'ada', url: 'https://relay.example', home: 'h', passwordFile: 'p' },
      },
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
