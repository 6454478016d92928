import type { Conversation, Sealpost } from '#sdk';
import type { Operation } from '../operation.js';
import { Refusal } from '../refusals.js';
import { nameOf } from '../targets.js';
import { printable, say, type Terminal, warn } from '../terminal.js';

async function waiting({ sealpost }: Pick<Operation, 'sealpost'>): Promise<Conversation[]> {
  return (await sealpost.conversations.list()).filter(({ standing }) => standing === 'invited');
}

/** Whom nothing is heard of before they are accepted. */
export async function requests(operation: Operation): Promise<void> {
  const { sealpost, terminal, options } = operation;
  for (const { id, kind, ...conversation } of await waiting(operation)) {
    const name = nameOf({ id, kind, ...conversation }, sealpost.self.username);
    await say(
      terminal,
      options.json ? JSON.stringify({ conversationId: id, kind, name }) : `${kind}  ${printable(name)}`,
    );
  }
}

/** Beside what is read there: who wants to write, each once, and those who come later. */
export function tellRequests(sealpost: Sealpost, terminal: Terminal): void {
  const told = new Set<string>();
  const tell = async (): Promise<void> => {
    for (const request of await waiting({ sealpost })) {
      const name = printable(nameOf(request, sealpost.self.username));
      if (!told.has(request.id)) warn(terminal, `${name} wants to write to you: requests accept, or requests decline.`);
      told.add(request.id);
    }
  };
  // The account may be locked by then: nobody is listening any more.
  const look = (): void => void tell().catch(() => undefined);
  look();
  sealpost.listen(({ kind }) => {
    if (kind === 'conversation') look();
  });
}

export async function acceptRequest(operation: Operation): Promise<void> {
  const { id, name } = await asked(operation);
  await operation.sealpost.conversations.accept(id);
  await say(operation.terminal, `${printable(name)} can write to you.`);
}

export async function declineRequest(operation: Operation): Promise<void> {
  const { id, name } = await asked(operation);
  await operation.sealpost.conversations.leave(id);
  await say(operation.terminal, `${printable(name)} cannot write to you.`);
}

/** By the name that `requests` prints, or by id. */
async function asked(operation: Operation): Promise<{ readonly id: string; readonly name: string }> {
  const { sealpost, args } = operation;
  const [wanted = ''] = args;
  const own = sealpost.self.username;
  const found = (await waiting(operation)).filter((one) => one.id === wanted || nameOf(one, own) === wanted);
  const [request, ...others] = found;
  if (request === undefined) throw new Refusal(`Nobody of that name wants to write to you.`);
  if (others.length > 0) throw new Refusal(`Several are called “${wanted}”: name one by its id.`);
  return { id: request.id, name: nameOf(request, own) };
}
