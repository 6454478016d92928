/** One janitor of all relays works at a time. Of the pair kind; other locks of ours have other second numbers. */
export const JANITOR_LOCK = [7_325_641, 2] as const;
