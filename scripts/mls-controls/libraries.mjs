// One way to speak to releases of ts-mls that have different ones, for what a random history needs of them.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';

const SUITE = 'MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519';
const utf8 = new TextEncoder();
const text = (bytes) => new TextDecoder().decode(bytes);
const LIFETIME = { notBefore: 0n, notAfter: 9_223_372_036_854_775_807n };

/** @param {string} directory with node_modules, in which the release is installed */
export async function libraryIn(directory) {
  const require = createRequire(join(directory, 'package.json'));
  const mls = await import(pathToFileURL(require.resolve('ts-mls')).href);
  return mls.unsafeTestingAuthenticationService === undefined ? ofVersion1(mls) : ofVersion2(mls);
}

async function ofVersion1(mls) {
  const impl = await mls.getCiphersuiteImpl(mls.getCiphersuiteFromName(SUITE));
  const overWire = (message) => mls.decodeMlsMessage(mls.encodeMlsMessage({ version: 'mls10', ...message }), 0)[0];
  const add = ({ publicPackage }) => ({ proposalType: 'add', add: { keyPackage: publicPackage } });
  const remove = (removed) => ({ proposalType: 'remove', remove: { removed } });
  return {
    person: (name) =>
      mls.generateKeyPackage(
        { credentialType: 'basic', identity: utf8.encode(name) },
        mls.defaultCapabilities(),
        LIFETIME,
        [],
        impl,
      ),
    create: (by) => mls.createGroup(utf8.encode('group'), by.publicPackage, by.privatePackage, [], impl),
    async commit(state, { coming, leaving }) {
      const extraProposals = [...coming.map(add), ...leaving.map(remove)];
      const options = { extraProposals, ratchetTreeExtension: true, wireAsPublicMessage: true };
      const made = await mls.createCommit({ state, cipherSuite: impl }, options);
      return { group: made.newState, commit: made.commit, welcome: made.welcome };
    },
    async follow(state, commit) {
      const { publicMessage } = overWire(commit);
      return (await mls.processPublicMessage(state, publicMessage, mls.emptyPskIndex, impl)).newState;
    },
    join(person, welcome) {
      const arrived = overWire({ wireformat: 'mls_welcome', welcome });
      return mls.joinGroup(arrived.welcome, person.publicPackage, person.privatePackage, mls.emptyPskIndex, impl);
    },
    async seal(state, message) {
      const { newState, privateMessage } = await mls.createApplicationMessage(state, utf8.encode(message), impl);
      return { group: newState, message: { wireformat: 'mls_private_message', privateMessage } };
    },
    async open(state, message) {
      const { privateMessage } = overWire(message);
      const opened = await mls.processPrivateMessage(state, privateMessage, mls.emptyPskIndex, impl);
      return { group: opened.newState, text: text(opened.message) };
    },
  };
}

async function ofVersion2(mls) {
  const cipherSuite = await mls.getCiphersuiteImpl(SUITE);
  const context = { cipherSuite, authService: mls.unsafeTestingAuthenticationService };
  const overWire = (message) => mls.decode(mls.mlsMessageDecoder, mls.encode(mls.mlsMessageEncoder, message));
  const add = ({ publicPackage }) => ({
    proposalType: mls.defaultProposalTypes.add,
    add: { keyPackage: publicPackage },
  });
  const remove = (removed) => ({ proposalType: mls.defaultProposalTypes.remove, remove: { removed } });
  const process = (state, message) => mls.processMessage({ context, state, message: overWire(message) });
  return {
    person: (name) =>
      mls.generateKeyPackage({
        credential: { credentialType: mls.defaultCredentialTypes.basic, identity: utf8.encode(name) },
        cipherSuite,
      }),
    create: (by) =>
      mls.createGroup({
        context,
        groupId: utf8.encode('group'),
        keyPackage: by.publicPackage,
        privateKeyPackage: by.privatePackage,
      }),
    async commit(state, { coming, leaving }) {
      const extraProposals = [...coming.map(add), ...leaving.map(remove)];
      const options = { extraProposals, ratchetTreeExtension: true, wireAsPublicMessage: true };
      const made = await mls.createCommit({ context, state, ...options });
      return { group: made.newState, commit: made.commit, welcome: made.welcome?.welcome ?? made.welcome };
    },
    follow: async (state, commit) => (await process(state, commit)).newState,
    join: (person, welcome) =>
      mls.joinGroup({ context, welcome, keyPackage: person.publicPackage, privateKeys: person.privatePackage }),
    async seal(state, message) {
      const sealed = await mls.createApplicationMessage({ context, state, message: utf8.encode(message) });
      return { group: sealed.newState, message: sealed.message };
    },
    async open(state, message) {
      const opened = await process(state, message);
      return { group: opened.newState, text: text(opened.message) };
    },
  };
}
