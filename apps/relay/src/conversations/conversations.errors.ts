import { Refusal } from '../platform/errors/refusal.js';

export class AlreadyMember extends Refusal {
  constructor() {
    super('already_member', 'One of them is already a member or invited. Nobody was added.');
  }
}

export class ConversationFull extends Refusal {
  constructor() {
    super('conversation_full', 'The conversation has as many members as it may.');
  }
}

export class TooManyConversations extends Refusal {
  constructor() {
    super('account_quota_exceeded', 'One of the accounts is in as many conversations as it may.');
  }
}

/** What a commit does not sign, members would not believe. */
export class CommitRequired extends Refusal {
  constructor() {
    super('commit_required', 'The members of an MLS group change by commits.');
  }
}

export class OwnerNeeded extends Refusal {
  constructor() {
    super('last_owner', 'A group needs an owner: hand the ownership to another member first.');
  }
}

export class WithYourself extends Refusal {
  constructor() {
    super('invalid_request', 'A direct conversation is with somebody else.');
  }
}

/** Only who blocked is told so; to the blocked, the other one does not exist. */
export class BlockedByYou extends Refusal {
  constructor() {
    super('forbidden', 'You blocked this person. Unblock them first.');
  }
}
