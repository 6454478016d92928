import { parse, stringify, validate } from 'uuid';
import type { Codec } from '../store/codec.js';
import { versionedCodec } from '../store/versioned-codec.js';
import type { ConversationRecord, Member } from './conversation-record.js';

type Role = Member['role'];
type State = Member['state'];
type StoredMember = readonly [id: Uint8Array | string, username: string, role: Role, state: State, others?: object];
type StoredConversation = Omit<ConversationRecord, 'members'> & { readonly members: readonly StoredMember[] };

/**
 * A conversation is written with each of its messages, and a hundred members with all their names of fields would be most of
 * what is written then.
 */
export function conversationCodec(form: number): Codec<ConversationRecord> {
  const codec = versionedCodec<StoredConversation>(form);
  return {
    encode: ({ members, ...record }) => codec.encode({ ...record, members: members.map(stored) }),
    decode: (bytes) => {
      const { members, ...record } = codec.decode(bytes);
      return { ...record, members: members.map(member) };
    },
  };
}

function stored({ accountId, username, role, state, ...others }: Member): StoredMember {
  const isEmpty = Object.keys(others).length === 0;
  const known = [idBytes(accountId), username, role, state] as const;
  return isEmpty ? known : [...known, others];
}

function member([id, username, role, state, others]: StoredMember): Member {
  return { accountId: typeof id === 'string' ? id : stringify(id), username, role, state, ...others };
}

/** What a relay calls an id and is none is kept as it is: it is not for here to refuse it. */
function idBytes(id: string): Uint8Array | string {
  return validate(id) && id === id.toLowerCase() ? parse(id) : id;
}
