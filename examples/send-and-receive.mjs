#!/usr/bin/env node
// Ada and Grace exchange encrypted messages through a relay, with fetch, WebCrypto and socket.io-client alone:
//   node examples/send-and-receive.mjs [address of the relay, http://localhost:3000 if left out]
// It shows the protocol. For a messenger the encryption is too simple: a stolen key opens all messages, old and new.
import { io } from 'socket.io-client';

const RELAY = process.argv[2] ?? 'http://localhost:3000';
const P256 = { name: 'ECDH', namedCurve: 'P-256' };
const { subtle } = crypto;
const utf8 = (text) => new TextEncoder().encode(text);
const toBase64 = (bytes) => Buffer.from(bytes).toString('base64url');
const fromBase64 = (text) => new Uint8Array(Buffer.from(text, 'base64url'));
const fingerprintOf = async (publicKey) => Buffer.from(await subtle.digest('SHA-256', publicKey)).toString('hex');
const uuidV7 = () => `0${Date.now().toString(16)}-7${crypto.randomUUID().slice(15)}`.replace(/.{8}/, '$&-');
const hkdf = (info) => ({ name: 'HKDF', salt: new Uint8Array(), info: utf8(info) });
const aesGcm = (iv, id, sender) => ({ name: 'AES-GCM', iv, additionalData: utf8(`${id} ${sender}`) });

async function main() {
  const [ada, grace] = await Promise.all([new Person().register('ada'), new Person().register('grace')]);
  const { id: conversationId } = await ada.call('POST', '/conversations', { kind: 'direct', with: grace.username });
  await Promise.all([ada.agreeWith(grace), grace.agreeWith(ada)]);

  const pushed = grace.hears('entry');
  const marked = ada.hears('receipt', ({ kind }) => kind === 'read');
  const { seq } = await ada.emit('message:send', { conversationId, ...(await ada.seal('Hello, are you there?')) });
  console.log(`live      Ada's message is stored at position ${seq}`);
  console.log(`live      Grace reads: ${await grace.open(await pushed)}`);
  await grace.emit('receipt:update', { conversationId, delivered: seq, read: seq });
  console.log(`live      Ada hears that Grace has read up to position ${(await marked).upTo}`);

  grace.socket.close();
  const later = await ada.seal('Then call me when you are back.');
  const sent = await ada.call('POST', '/messages', { to: grace.username, ...later });
  // A client cannot tell a lost message from a lost answer, so it repeats: the same id is the same message.
  const again = await ada.call('POST', '/messages', { to: grace.username, ...later });
  console.log(`offline   Ada sends twice, the relay stores once: positions ${sent.seq} and ${again.seq}`);
  const position = { revision: 0, cursors: { [conversationId]: seq } };
  for (let more = true; more;) {
    const page = await grace.call('POST', '/sync', position);
    for (const { conversationId: id, items, upTo } of page.conversations) {
      for (const entry of items) console.log(`offline   Grace is back and reads: ${await grace.open(entry)}`);
      position.cursors[id] = upTo;
    }
    ({ more, revision: position.revision } = page);
  }
  await grace.call('PUT', `/conversations/${conversationId}/receipts`, { delivered: sent.seq });
  for (const message of (await ada.call('GET', '/messages/sent')).items)
    console.log(
      `receipts  position ${message.seq}: delivered ${message.deliveredAt}, read ${message.readAt ?? 'not yet'}`,
    );
}

class Person {
  /** The password stays here: the relay gets a key derived from it, which is good for signing in and for nothing else. */
  async register(name, password = 'correct horse battery staple') {
    this.username = `${name}-${crypto.randomUUID().slice(0, 8)}`;
    const { salt } = await this.call('GET', `/auth/kdf?username=${this.username}`);
    const kdf = { algorithm: 'pbkdf2-sha256', salt, iterations: 600_000 };
    const master = await derive({ name: 'PBKDF2', salt: fromBase64(salt), iterations: kdf.iterations }, utf8(password));
    const authKey = toBase64(await derive(hkdf('sealpost auth 1'), master));
    this.wrapKey = await derive(hkdf('sealpost wrap 1'), master); // To encrypt what a client keeps. Never sent.
    const registration = { username: this.username, authKey, kdf, device: { name: 'example' } };
    ({ accessToken: this.token } = await this.call('POST', '/auth/register', registration));
    this.keys = await subtle.generateKey(P256, false, ['deriveBits']);
    const publicKey = await subtle.exportKey('raw', this.keys.publicKey);
    this.fingerprint = await fingerprintOf(publicKey);
    await this.call('PUT', '/keys/me', { algorithm: 'p256', publicKey: toBase64(publicKey) });
    this.socket = io(RELAY, { transports: ['websocket'], auth: { token: this.token }, reconnection: false });
    await new Promise((resolve, reject) => this.socket.on('ready', resolve).on('connect_error', reject));
    return this;
  }

  /** The relay could show a key of its own. So people compare fingerprints without it, face to face or on the phone. */
  async agreeWith({ username, fingerprint }) {
    const publicKey = fromBase64((await this.call('GET', `/keys/${username}`)).publicKey);
    if ((await fingerprintOf(publicKey)) !== fingerprint) throw new Error(`this is not the key of ${username}`);
    const peerKey = await subtle.importKey('raw', publicKey, P256, false, []);
    const secret = await subtle.deriveBits({ name: 'ECDH', public: peerKey }, this.keys.privateKey, 256);
    const bytes = await derive(hkdf('example messages'), secret);
    this.key = await subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
  }

  async seal(text) {
    const [id, iv] = [uuidV7(), crypto.getRandomValues(new Uint8Array(12))];
    const sealed = await subtle.encrypt(aesGcm(iv, id, this.username), this.key, utf8(text));
    return { id, ciphertext: toBase64(Buffer.concat([iv, new Uint8Array(sealed)])) };
  }

  async open({ id, sender, ciphertext }) {
    const bytes = fromBase64(ciphertext);
    const text = await subtle.decrypt(aesGcm(bytes.subarray(0, 12), id, sender), this.key, bytes.subarray(12));
    return new TextDecoder().decode(text);
  }

  async call(method, path, body) {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${this.token}` };
    const reply = await fetch(`${RELAY}/v1${path}`, { method, headers, body: JSON.stringify(body) });
    if (!reply.ok) throw new Error(`${method} ${path}: ${await reply.text()}`);
    return reply.status === 204 ? undefined : reply.json();
  }

  hears(event, isMeant = () => true) {
    return new Promise((resolve) => this.socket.on(event, (payload) => isMeant(payload) && resolve(payload)));
  }

  async emit(event, body) {
    const { ok, error, ...answer } = await this.socket.emitWithAck(event, body);
    if (!ok) throw new Error(`${event}: ${error.code}, ${error.detail}`);
    return answer;
  }
}

async function derive(algorithm, secret) {
  const key = await subtle.importKey('raw', secret, algorithm.name, false, ['deriveBits']);
  return subtle.deriveBits({ hash: 'SHA-256', ...algorithm }, key, 256);
}

setTimeout(() => process.exit(1), 30_000); // Whoever has not answered by then never will.
await main();
process.exit();
