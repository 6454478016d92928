/** Values for the examples of the contract: the same person, device and conversation throughout. */
export const ACCOUNT = '01a2050c-863b-7175-bb81-935e221447ae';
const DEVICE = '01a2050c-863b-742c-b7cb-5df182a37e85';
export const CONVERSATION = '01a2050c-877c-7857-bbd2-12ac293f7309';
export const MESSAGE = '01a2050c-890b-7502-b1d6-30b83010a6e3';
export const INCARNATION = '01a20500-2f1c-7a3b-9c11-6d2f0b8e4a57';
export const TIME = '2026-11-22T20:57:17.348Z';

/** A message as everybody sees it, without its ciphertext. */
export const ENTRY = {
  conversationId: CONVERSATION,
  seq: 17,
  id: MESSAGE,
  kind: 'message',
  senderId: ACCOUNT,
  sender: 'ada',
  senderDeviceId: DEVICE,
  createdAt: TIME,
};
