import { undocumentedAnswers } from './documented-fetch.js';

/** Run before each test file that talks to a relay: nothing may have left one that its contract does not describe. */
afterEach(() => {
  expect(undocumentedAnswers()).toEqual([]);
});
afterAll(() => {
  expect(undocumentedAnswers()).toEqual([]);
});
