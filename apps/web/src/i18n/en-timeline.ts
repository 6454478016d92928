/** What has happened in a chat without anybody having written it: a part of `en.ts`. */
export const enTimeline = {
  roster: {
    you: 'you',
    others: '{count} others',
    founded: '{who, select, self {You} other {{name}}} created the group',
    added:
      '{who, select, self {You added {names}} nobody {{whom, select, self {You} other {{names}}} joined} other {{name} added {names}}}',
    removed: '{who, select, self {You removed {names}} other {{name} removed {names}}}',
    left: '{whom, select, self {You left} other {{names} left}}',
    accepted: '{whom, select, self {You joined} other {{names} joined}}',
    role: '{who, select, self {You made {names}} nobody {{whom, select, self {You are} other {{names} is}} now} other {{name} made {names}}} {role, select, owner {the owner} admin {an admin} other {a member without a role}}',
  },
  retention: {
    title: 'Kept on the server',
    hint: 'The server deletes new messages after this time. Devices keep what they have; those that are offline for longer, or added later, do not get them.',
    forever: 'No limit',
    delivered: 'Delete messages that all devices have',
    deliveredHint: 'No sooner than {duration} after they were sent.',
    deliveredEverywhere: 'This server deletes messages that all devices have in every chat.',
    maximum: 'This server keeps no message longer than {duration}.',
  },
  lifetime: {
    title: 'Disappearing messages',
    hint: 'New messages are deleted for everyone after this time. Whoever has read them may remember them, or have copied them.',
    off: 'Off',
    changed:
      '{who, select, self {You} other {{name}}} {lasting, select, off {turned disappearing messages off} other {set new messages to disappear after {duration}}}',
  },
};
