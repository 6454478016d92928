import '../cheap-argon2.js';
import { Histories, MOST_MS } from './histories.js';

const histories = new Histories('histories of devices');

describe('a random history of a group', () => {
  it.each(histories.populations)(
    'ends with all in one epoch, each message read once by whoever was in it then, and by nobody else (M-15)',
    (planned) => histories.live(planned),
    MOST_MS,
  );
});
