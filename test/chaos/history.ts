/** What a client sends, and sends again with the same id until it is acknowledged. */
export interface ChaosMessage {
  readonly id: string;
  readonly conversationId: string;
  /** Username. */
  readonly sender: string;
  readonly ciphertext: string;
}

/** One position of a log, as a member reads it. */
export interface LoggedEntry {
  readonly seq: number;
  readonly id: string;
  readonly kind: string;
  readonly sender: string;
  readonly ciphertext?: string;
}

/** One try to send a message. A try that is never acknowledged may have been stored all the same. */
export interface Attempt {
  acknowledge(seq: number): void;
}

interface Operation extends ChaosMessage {
  readonly sentAt: number;
  readonly seqs: Set<number>;
  acknowledgedAt: number;
  /** The place that the first try was given, for comparing it with others on the same connection. */
  firstSeq: number | undefined;
}

/**
 * What clients have seen, in the one order in which it happened to them, and what has to be true of the logs because of
 * it. Time is a counter: the clients run in one process.
 */
export class History {
  private readonly operations = new Map<string, Operation>();
  /** What was sent first on each connection to each conversation, in order. */
  private readonly lanes = new Map<string, Operation[]>();
  private readonly heads = new Map<string, number>();
  private now = 0;

  /** @param lane the connection, when it keeps the order of what is sent without waiting for acknowledgements. */
  attempt(message: ChaosMessage, lane?: string): Attempt {
    const at = ++this.now;
    const known = this.operations.get(message.id);
    const operation = known ?? {
      ...message,
      sentAt: at,
      seqs: new Set(),
      acknowledgedAt: Infinity,
      firstSeq: undefined,
    };
    this.operations.set(message.id, operation);
    if (known === undefined && lane !== undefined) this.lane(`${lane} ${message.conversationId}`).push(operation);
    return {
      acknowledge: (seq) => {
        operation.acknowledgedAt = Math.min(operation.acknowledgedAt, ++this.now);
        operation.seqs.add(seq);
        this.heads.set(message.conversationId, Math.max(seq, this.headOf(message.conversationId)));
        if (known === undefined) operation.firstSeq = seq;
      },
    };
  }

  /** The last position of a log that was acknowledged so far; 0 for none. */
  headOf(conversationId: string): number {
    return this.heads.get(conversationId) ?? 0;
  }

  /** What the logs break of the relay's promises, each in a sentence; nothing when all are kept. */
  violations(logs: Readonly<Record<string, readonly LoggedEntry[]>>): string[] {
    const ofLogs = Object.entries(logs).flatMap(([conversationId, log]) => [
      ...holes(log),
      ...doubles(log),
      ...this.strangers(conversationId, log),
      ...this.overtakings(log),
    ]);
    return [...ofLogs, ...this.losses(logs), ...this.lanesOutOfOrder()];
  }

  private losses(logs: Readonly<Record<string, readonly LoggedEntry[]>>): string[] {
    const places = new Map(Object.values(logs).flatMap((log) => log.map(({ id, seq }) => [id, seq] as const)));
    return [...this.operations.values()].flatMap(({ id, seqs }) => {
      if (seqs.size > 1) return [`${id} was acknowledged at several places: ${[...seqs].join(', ')}`];
      const [seq] = seqs;
      if (seq === undefined || places.get(id) === seq) return [];
      return [`${id} was acknowledged at ${seq}, and is ${places.has(id) ? `at ${places.get(id)!}` : 'lost'}`];
    });
  }

  /** Whoever sends after an acknowledgement comes after what was acknowledged, whoever the senders are. */
  private overtakings(log: readonly LoggedEntry[]): string[] {
    const found: string[] = [];
    let earliest: Operation | undefined;
    for (const { id } of [...log].reverse()) {
      const operation = this.operations.get(id);
      if (operation === undefined) continue;
      if (earliest !== undefined && earliest.acknowledgedAt < operation.sentAt)
        found.push(`${id} stands before ${earliest.id}, which was acknowledged before it was sent`);
      if (operation.acknowledgedAt < (earliest?.acknowledgedAt ?? Infinity)) earliest = operation;
    }
    return found;
  }

  private lanesOutOfOrder(): string[] {
    return [...this.lanes.values()].flatMap((lane) => {
      const placed = lane.filter((operation) => operation.firstSeq !== undefined);
      return placed.slice(1).flatMap((operation, index) => {
        const before = placed[index]!;
        return before.firstSeq! < operation.firstSeq!
          ? []
          : [`${operation.id} overtook ${before.id} on one connection`];
      });
    });
  }

  private strangers(conversationId: string, log: readonly LoggedEntry[]): string[] {
    return log.flatMap(({ id, kind, seq, sender, ciphertext }) => {
      if (kind !== 'message') return [];
      const sent = this.operations.get(id);
      if (sent?.conversationId !== conversationId) return [`${id} at ${seq} was never sent here`];
      return sent.sender === sender && sent.ciphertext === ciphertext ? [] : [`${id} at ${seq} is not what was sent`];
    });
  }

  private lane(name: string): Operation[] {
    const lane = this.lanes.get(name) ?? [];
    this.lanes.set(name, lane);
    return lane;
  }
}

function holes(log: readonly LoggedEntry[]): string[] {
  return log.flatMap(({ seq }, index) =>
    seq === index + 1 ? [] : [`position ${index + 1} of a log holds number ${seq}`],
  );
}

function doubles(log: readonly LoggedEntry[]): string[] {
  const seen = new Set<string>();
  return log.flatMap(({ id, seq }) => {
    if (seen.has(id)) return [`${id} is doubled at ${seq}`];
    seen.add(id);
    return [];
  });
}
