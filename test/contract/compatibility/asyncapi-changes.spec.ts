import { breakingEventChanges, type EventDocument } from './asyncapi-changes.js';
import { changed, type Change } from './changed.fixture.js';

const SAY = 'components schemas Say';
const SAID = 'components schemas Said';
const HEARD = 'components schemas Heard';
const SOCKET = 'channels socket';

const object = (properties: object, required: readonly string[]): object => ({ type: 'object', properties, required });
const text = { type: 'string', maxLength: 9 };
const inChannel = (name: string): object => ({ $ref: `#/channels/socket/messages/${name}` });
const message = (name: string, schema: string): object => ({
  name,
  payload: { $ref: `#/components/schemas/${schema}` },
});

const DOCUMENT = {
  info: { version: '1' },
  channels: {
    other: { address: '/other' },
    socket: {
      address: '/socket',
      messages: {
        say: { $ref: '#/components/messages/say' },
        saySaid: { $ref: '#/components/messages/saySaid' },
        pushHeard: { $ref: '#/components/messages/pushHeard' },
      },
      bindings: { ws: { query: object({ v: { type: 'string', const: '4' } }, ['v']) } },
      'x-handshake': {
        auth: { $ref: '#/components/schemas/Auth' },
        refusal: { allOf: [{ $ref: '#/components/schemas/Problem' }], 'x-problem-codes': ['busy'] },
      },
    },
  },
  operations: {
    say: {
      action: 'receive',
      channel: { $ref: '#/channels/socket' },
      messages: [inChannel('say')],
      reply: { messages: [inChannel('saySaid')] },
    },
    pushHeard: { action: 'send', channel: { $ref: '#/channels/socket' }, messages: [inChannel('pushHeard')] },
  },
  components: {
    messages: {
      say: message('say', 'Say'),
      saySaid: message('say', 'Said'),
      pushHeard: message('heard', 'Heard'),
    },
    schemas: {
      Auth: object({ token: text }, ['token']),
      Problem: object({ code: { type: 'string', 'x-extensible-enum': ['busy'] } }, ['code']),
      Say: object({ words: text, loud: { type: 'boolean' } }, ['words']),
      Said: object({ at: text }, ['at']),
      Heard: object({ words: text, kind: { type: 'string', 'x-extensible-enum': ['word', 'song'] } }, [
        'words',
        'kind',
      ]),
    },
  },
};

function breaks(...changes: Change[]): string {
  return breakingEventChanges(DOCUMENT as EventDocument, changed(DOCUMENT, changes) as EventDocument).join('\n');
}

describe('a document of events breaks the clients of one before', () => {
  it.each<[string, Change, string]>([
    ['an event of clients', ['operations say', undefined], 'say: is gone'],
    ['an event of the relay', ['operations pushHeard', undefined], 'pushHeard: is gone'],
    ['its name', ['components messages pushHeard name', 'listen'], 'pushHeard pushHeard: is called listen now'],
    ['an answer', ['operations say reply', undefined], 'say reply saySaid: is gone'],
    ['a field it took', [`${SAY} properties loud`, undefined], 'say say.loud: is not known any more, and so refused'],
    ['a field it answered', [`${SAID} required`, []], 'say reply saySaid.at: may be absent, and is needed'],
    ['a field it pushed', [`${HEARD} required`, ['kind']], 'pushHeard pushHeard.words: may be absent, and is needed'],
    ['a known value', [`${HEARD} properties kind x-extensible-enum`, ['word']], 'kind: is never "song" any more'],
    ['a channel', ['channels other', undefined], 'channel other: is gone'],
    ['the refusal of a handshake', [`${SOCKET} x-handshake refusal`, {}], 'socket refused handshake'],
  ])('by taking away %s', (_what, change, mistake) => {
    expect(breaks(change)).toContain(mistake);
  });

  it.each<[string, Change, string]>([
    ['a field', [`${SAY} required`, ['words', 'loud']], 'say say.loud: may be absent, and is needed'],
    ['shorter words', [`${SAY} properties words maxLength`, 8], 'need not keep to the "maxLength" that is accepted'],
    ['more at the handshake', ['components schemas Auth required', ['token', 'pin']], 'handshake.pin: may be absent'],
    ['another version', [`${SOCKET} bindings ws query properties v const`, '5'], 'socket query.v: may be "4"'],
  ])('by asking for %s', (_what, change, mistake) => {
    expect(breaks(change)).toContain(mistake);
  });

  it.each<[string, Change, string]>([
    ['address', [`${SOCKET} address`, '/ws'], 'channel socket: is at /ws now'],
    ['direction', ['operations say action', 'send'], 'say: is sent the other way now'],
    ['channel', ['operations say channel', { $ref: '#/channels/other' }], 'say: goes over another channel now'],
    ['type', [`${HEARD} properties words type`, 'integer'], 'pushHeard pushHeard.words: is of type integer'],
    ['wider push', [`${HEARD} properties words`, { type: ['string', 'null'] }], 'words: is of type null'],
    [
      'kind of answer',
      ['operations say reply messages', [inChannel('saySaid'), inChannel('pushHeard')]],
      'say reply pushHeard: was not there',
    ],
  ])('by another %s', (_what, change, mistake) => {
    expect(breaks(change)).toContain(mistake);
  });
});

describe('a document of events breaks nobody', () => {
  const added = { action: 'send', channel: { $ref: '#/channels/socket' }, messages: [] };
  it.each<[string, Change]>([
    ['that is the same', ['info version', '1']],
    ['with a new event of the relay', ['operations pushMore', added]],
    ['with a new event of clients', ['operations more', { ...added, action: 'receive' }]],
    ['with a new field that may be absent', [`${SAY} properties soft`, { type: 'boolean' }]],
    ['with a field that need not be there any more', [`${SAY} required`, []]],
    ['that takes longer words', [`${SAY} properties words maxLength`, 99]],
    ['that pushes longer words', [`${HEARD} properties words maxLength`, 99]],
    ['that says more', [`${HEARD} properties more`, text]],
    [
      'with another value that clients may pass over',
      [`${HEARD} properties kind x-extensible-enum`, ['word', 'song', 'hum']],
    ],
    ['with another code at the handshake', [`${SOCKET} x-handshake refusal x-problem-codes`, ['busy', 'closed']]],
    ['with another description', [`${SOCKET} description`, 'A socket.']],
  ])('%s', (_what, change) => {
    expect(breaks(change)).toBe('');
  });

  it('when its major version rises', () => {
    expect(breaks(['operations', {}], ['info version', '2'])).toBe('');
  });
});
