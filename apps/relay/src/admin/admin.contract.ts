/** What holds for all that changes something. */
export const ACTS_RULE =
  'For admins, with a second factor shown in this session within the last five minutes (`mfa_required`); without one there is ' +
  '`mfa_not_set_up`. The audit log says so, to both.';
