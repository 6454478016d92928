/** One janitor of all relays works at a time. Beside this one, only the audit log's lock is of the pair kind. */
export const JANITOR_LOCK = [7_325_641, 2] as const;
