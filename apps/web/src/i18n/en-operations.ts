/** What administrators decide for a whole server, and what it means for everybody. */
export const enOperations = {
  invite: {
    closed: 'This server takes no new accounts at present.',
    code: 'Invitation code',
    codeHint: 'Whoever runs this server gives it out.',
    codeRequired: 'Enter the code you were given',
  },
};

/** What the relay refuses in this. */
export const enOperationErrors = {
  registration_closed: 'This server takes no new accounts at present.',
  invitation_required: 'This server takes new accounts by invitation only: open the page again, and enter your code.',
  invitation_invalid: 'This invitation is not valid, or not any more.',
};
