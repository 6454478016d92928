import { isUsername, toUsernames } from './usernames.js';

describe('usernames as people write them', () => {
  it.each([
    ['ada grace', ['ada', 'grace']],
    ['@Ada, @grace;alan', ['ada', 'grace', 'alan']],
    ['  ada\n ada ', ['ada']],
    ['', []],
  ])('%j are read', (written, names) => {
    expect(toUsernames(written)).toEqual(names);
  });

  it.each([
    ['ada.l-2', true],
    ['ad', false],
    ['ädä', false],
  ])('%s is one: %p', (name, expected) => {
    expect(isUsername(name)).toBe(expected);
  });
});
