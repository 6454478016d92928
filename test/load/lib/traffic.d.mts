interface Conversation {
  readonly id?: string | undefined;
  readonly members: readonly number[];
}

interface Kind {
  readonly kind: string;
  readonly share: number;
  readonly conversations: readonly Conversation[];
}

export declare function takingTurns(
  traffic: readonly Kind[],
): () => { readonly place: number; readonly conversation: Conversation };
