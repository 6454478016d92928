export { bitsTurned } from './bits-turned.js';
export { closeAfterEach, connectUntilTestEnds } from './close-after-each.js';
export { type Exchange, mistakesIn } from './contract-check.js';
export { ContractDocument, type DocumentedResponse, ONLY_TODAYS_VALUES, type OpenApi } from './contract-document.js';
export { documentedFetch, undocumentedAnswers } from './documented-fetch.js';
export { FakeClock } from './fake-clock.js';
export {
  type KeyPackageDraft,
  keyPackageBytes,
  type LeafDraft,
  leafNodeBytes,
  type LeafSource,
} from './key-packages.js';
export { commitBytes, type CommitDraft, groupInfoBytes, privateMessageBytes, welcomeBytes } from './mls-messages.js';
export { pair, people } from './people.js';
export { inReleaseGate, recordEvidence, scaled, soakMinutes } from './scale.js';
export { Seeded } from './seeded.js';
export {
  createTestDatabase,
  type DatabaseUrls,
  startTestPostgres,
  type TestDatabase,
  type TestPostgres,
} from './test-postgres.js';
export { TestRelay, type TestRelayOptions } from './test-relay.js';
export { TestSocket } from './test-socket.js';
export { call, draftOf, type Reply, type SyncedItem, TestUser } from './test-user.js';
export { TlsWriter } from './tls-writer.js';
export { until } from './until.js';
export { type JsonFile, jsonFiles, mlsMessages, mlsVectors, naughtyStrings, wycheproof } from './vectors.js';
