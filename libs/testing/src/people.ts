import { TestUser } from './test-user.js';

type Relay = Parameters<typeof TestUser.register>[0];

/** A list of so many, for destructuring; of any length, when the number is not known before. */
type Crowd<Count extends number, Counted extends TestUser[] = []> = number extends Count
  ? TestUser[]
  : Counted['length'] extends Count
    ? Counted
    : Crowd<Count, [...Counted, TestUser]>;

/** Registers several people at once. */
export async function people<Count extends number>(relay: Relay, count: Count): Promise<Crowd<Count>> {
  const users = await Promise.all(Array.from({ length: count }, () => TestUser.register(relay)));
  return users as Crowd<Count>;
}

/** Two people and their direct conversation, which ada started. */
export async function pair(relay: Relay): Promise<{ ada: TestUser; bob: TestUser; conversationId: string }> {
  const [ada, bob] = await people(relay, 2);
  return { ada, bob, conversationId: await ada.directWith(bob) };
}
