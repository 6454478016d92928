export { BlockObservers } from './block-observers.store.js';
export type { Admission, ContactDecision } from './contact.js';
export { ContactEntity } from './contact.entity.js';
export { ContactsStore } from './contacts.store.js';
export { PeopleModule } from './people.module.js';
