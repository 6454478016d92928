export interface SeededPerson {
  readonly accountId: string;
  readonly deviceId: string;
  readonly sessionId: string;
  /** Good for a day. */
  readonly token: string;
  /** With their neighbour; the last of an odd number has none. */
  readonly conversationId?: string;
}

export function seedPeople(
  ownerUrl: string,
  options: { readonly count: number; readonly kid: string; readonly secret: string },
): Promise<SeededPerson[]>;
