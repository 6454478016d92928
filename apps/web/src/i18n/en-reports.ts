/** Telling the operator of somebody: a part of `en.ts`. */
export const enReports = {
  reports: {
    report: 'Report …',
    reportWho: 'Report {name} …',
    hint: 'Tell whoever runs this server what they do. They are not told.',
    title: 'Report {name}',
    lead: 'Whoever runs this server gets your report, and nobody else. {name} is not told.',
    reason: 'Reason',
    reasonIs:
      '{reason, select, spam {Spam or fraud} harassment {Harassment} threats {Threats} sexual_content {Unwanted sexual content} child_abuse {Abuse of children} impersonation {Pretends to be somebody else} illegal {Something else that is illegal} other {Something else}}',
    words: 'In your words (optional)',
    attach: 'Messages to attach',
    attachNone: 'Only what you choose is attached.',
    warning:
      'What you write here and what you attach can be read by the operators of this server; an attached file can be opened by them. They cannot read anything else. It is deleted after some time.',
    block: 'Block {name} as well',
    tooLong: 'These messages are too long together. Attach fewer.',
    send: 'Send report',
    sent: 'Thank you. Your report was filed.',
    verified:
      '{count, plural, one {# message was} other {# messages were}} verified: the server knows that {name} wrote it.',
    unverifiable:
      '{count, plural, one {# message} other {# messages}} could not be verified, since the server has it no more or this device has no proof of it.',
    done: 'Done',
    own: 'Your reports',
    ownHint: 'What you have reported, and whether it was dealt with.',
    none: 'You have reported nobody.',
    state: '{state, select, open {Open} resolved {Dealt with} other {Unknown}}',
  },
};
