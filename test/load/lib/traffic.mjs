/**
 * Who writes to whom: kinds of conversations, each with its share of the messages. In each conversation the first member writes, and
 * all others listen. Members are places in the list of people.
 */

/** Direct conversations of a measurement, and as many who write in them. */
export const PAIRS = 64;

/** Neighbours who write to each other. The reference server has neither people nor conversations, and is handed no ids. */
export function pairTraffic(people) {
  const conversations = Array.from({ length: PAIRS }, (_none, pair) => ({
    id: people?.[2 * pair].conversationId,
    members: [2 * pair, 2 * pair + 1],
  }));
  return [{ kind: 'direct', share: 1, conversations }];
}

/** Takes kinds in turns, so that each has its share of any stretch of messages. */
export function takingTurns(traffic) {
  const kinds = traffic.map(({ share, conversations }) => ({ share, conversations, credit: 0, turn: 0 }));
  const whole = kinds.reduce((sum, { share }) => sum + share, 0);
  return () => {
    let place = 0;
    for (let at = 0; at < kinds.length; at++) {
      kinds[at].credit += kinds[at].share;
      if (kinds[at].credit > kinds[place].credit) place = at;
    }
    const kind = kinds[place];
    kind.credit -= whole;
    return { place, conversation: kind.conversations[kind.turn++ % kind.conversations.length] };
  };
}
