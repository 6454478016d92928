import type { AccountId } from '#protocol';
import type { Leaf } from '../conversations/index.js';
import { ConversationFull } from '../conversations/index.js';
import { StaleEpoch } from '../entries/index.js';
import { Forbidden } from '../platform/errors/refusal.js';
import { checkRemovals, checkRoster, type LeavesPlan, planLeaves } from './commit-rules.js';
import { callerNamed, commitSaying, leafOf, memberNamed, rosterOf, type Saying } from './commits.fixture.js';
import { InvalidCommit } from './mls.errors.js';

const AT_MOST = 200;
const ada = leafOf('ada', 0);
const grace = leafOf('grace', 1);
const alan = leafOf('alan', 3);

function planned(saying: Saying = {}, leaves: readonly Leaf[] = [ada, grace, alan], atMost = AT_MOST): LeavesPlan {
  const group = { roster: rosterOf(memberNamed('ada', 'owner'), memberNamed('grace')), leaves, due: [] };
  return planLeaves(commitSaying(saying), saying.by ?? callerNamed('ada'), group, atMost);
}

describe('the place of a commit', () => {
  it('is the current epoch, and the next one begins', () => {
    expect(planned()).toMatchObject({ place: { generation: 1, epoch: 6 }, begins: false, removes: false });
  });

  it.each([
    { generation: 1, epoch: 4 },
    { generation: 1, epoch: 6 },
    { generation: 0, epoch: 5 },
    { generation: 2, epoch: 1 },
    { generation: 3, epoch: 0 },
  ])('is refused as generation $generation, epoch $epoch, with where the group stands', (at) => {
    const current = { generation: 1, epoch: 5 };
    const refused = expect.objectContaining({ group: current }) as unknown;
    expect(() => planned({ at })).toThrow(StaleEpoch);
    expect(() => planned({ at })).toThrow(refused as Error);
  });

  it('at the beginning of the next generation leaves nothing of the group before', () => {
    const plan = planned({ at: { generation: 2, epoch: 0 }, added: [leafOf('grace', 0)] });
    expect(plan).toMatchObject({ place: { generation: 2, epoch: 1 }, begins: true, removes: true });
    expect(plan.gone).toEqual([ada, grace, alan]);
    expect(plan.added).toEqual([ada, grace]);
    expect(plan.welcomed).toEqual([grace]);
  });
});

describe('leaves', () => {
  it('are given out from the left, in the order of the additions', () => {
    const added = [leafOf('hedy', 0), leafOf('joan', 0)];
    expect(planned({ added }).added).toEqual([leafOf('hedy', 2), leafOf('joan', 4)]);
  });

  it('are free again in the commit that removes whoever had them', () => {
    const plan = planned({ removed: [1], added: [leafOf('hedy', 0), leafOf('joan', 0)] });
    expect(plan.added).toEqual([leafOf('hedy', 1), leafOf('joan', 2)]);
    expect(plan).toMatchObject({ gone: [grace], removes: true });
    expect(plan.after).toHaveLength(4);
  });

  it.each([
    ['there is none with the index', [2]],
    ['it is named twice', [1, 1]],
  ])('are not removed when %s', (_case, removed) => {
    expect(() => planned({ removed })).toThrow(InvalidCommit);
  });

  it('stand for each device once', () => {
    expect(() => planned({ added: [grace] })).toThrow(InvalidCommit);
    expect(() => planned({ added: [leafOf('hedy', 0), leafOf('hedy', 0)] })).toThrow(InvalidCommit);
    expect(planned({ added: [leafOf('grace', 0, 'second')] }).added).toEqual([leafOf('grace', 2, 'second')]);
  });

  it('are as many as a group may have', () => {
    expect(planned({ added: [leafOf('hedy', 0)] }, [ada, grace], 3).after).toHaveLength(3);
    expect(() => planned({ added: [leafOf('hedy', 0)] }, [ada, grace, alan], 3)).toThrow(ConversationFull);
    expect(planned({ added: [leafOf('hedy', 0)], removed: [3] }, [ada, grace, alan], 3).after).toHaveLength(3);
  });
});

describe('who commits', () => {
  it.each([
    ['a leaf of somebody else', 1],
    ['a leaf that is not there', 2],
  ])('is refused from %s', (_case, senderLeaf) => {
    expect(() => planned({ senderLeaf })).toThrow(Forbidden);
  });

  it('is refused from a leaf of another of their own devices', () => {
    expect(() => planned({ by: callerNamed('ada', 'second') })).toThrow(Forbidden);
  });

  it('does not remove itself', () => {
    expect(() => planned({ removed: [0] })).toThrow(InvalidCommit);
  });

  it('has a path of its own device', () => {
    const group = { roster: rosterOf(memberNamed('ada')), leaves: [ada, grace], due: [] };
    expect(() => planLeaves(commitSaying({ by: callerNamed('grace') }), callerNamed('ada'), group, AT_MOST)).toThrow(
      InvalidCommit,
    );
  });
});

describe('whoever comes in from outside', () => {
  const outside = { senderLeaf: 'outside', by: callerNamed('grace') } as const;

  it('takes its own place again, and shuts out no earlier message', () => {
    const plan = planned({ ...outside, removed: [1] });
    expect(plan).toMatchObject({ gone: [grace], added: [grace], welcomed: [], removes: false });
  });

  it('takes the leftmost free one, if that is another', () => {
    const plan = planned({ ...outside, by: callerNamed('alan'), removed: [3] });
    expect(plan).toMatchObject({ gone: [alan], added: [leafOf('alan', 2)] });
  });

  it.each<[string, Saying]>([
    ['leave its old place', { removed: [] }],
    ['take the place of somebody else', { removed: [0] }],
    ['remove somebody else as well', { removed: [0, 1] }],
    ['add a device', { removed: [1], added: [leafOf('hedy', 0)] }],
    ['add a member', { removed: [1], delta: { added: ['hedy'] } }],
    ['remove a member', { removed: [1], delta: { removed: ['alan'] } }],
    ['give a role', { removed: [1], delta: { roles: [{ accountId: 'alan', role: 'admin' }] } }],
    ['be a device that has no place', { by: callerNamed('grace', 'second'), removed: [1] }],
  ])('cannot %s', (_case, saying) => {
    expect(() => planned({ ...outside, ...saying })).toThrow(InvalidCommit);
  });
});

describe('what may be removed', () => {
  const check = (saying: Saying, due: readonly Leaf[] = []): void => {
    checkRemovals(commitSaying(saying), callerNamed('ada'), planned(saying), due);
  };

  it('is not the device of a member who stays', () => {
    expect(() => {
      check({ removed: [1] });
    }).toThrow(Forbidden);
  });

  it.each<[string, Saying, Leaf[]]>([
    ['the device of a member who leaves with the commit', { removed: [1], delta: { removed: ['grace'] } }, []],
    ['a leaf that has to go', { removed: [1] }, [grace]],
  ])('is %s', (_case, saying, due) => {
    expect(() => {
      check(saying, due);
    }).not.toThrow();
  });

  it('is another device of whoever commits', () => {
    const saying = { removed: [1] };
    const plan = planned(saying, [ada, leafOf('ada', 1, 'second')]);
    expect(() => {
      checkRemovals(commitSaying(saying), callerNamed('ada'), plan, []);
    }).not.toThrow();
  });

  it('is a whole group, when the next one begins', () => {
    expect(() => {
      check({ at: { generation: 2, epoch: 0 } });
    }).not.toThrow();
  });
});

describe('leaves and roster', () => {
  const staying = ['ada', 'grace'] as AccountId[];
  const check = (saying: Saying, accounts: AccountId[] = staying, leaves: readonly Leaf[] = [ada, grace]): void => {
    const commit = commitSaying(saying);
    checkRoster(planned(saying, leaves), commit.delta, accounts);
  };

  it('agree when who joins comes with a device, and who leaves takes theirs along', () => {
    expect(() => {
      check({ added: [leafOf('hedy', 0)], delta: { added: ['hedy'] } });
      check({ removed: [1], delta: { removed: ['grace'] } }, ['ada'] as AccountId[]);
      check({ added: [leafOf('grace', 0, 'second')] });
    }).not.toThrow();
  });

  it('disagree when who leaves keeps a device', () => {
    expect(() => {
      check({ delta: { removed: ['grace'] } }, ['ada'] as AccountId[]);
    }).toThrow('keeps a device');
  });

  it('disagree when who joins has no device', () => {
    expect(() => {
      check({ delta: { added: ['hedy'] } });
    }).toThrow('has no device');
  });

  it('disagree when a device comes in of somebody who is no member', () => {
    expect(() => {
      check({ added: [leafOf('hedy', 0)] });
    }).toThrow('no member');
  });
});
