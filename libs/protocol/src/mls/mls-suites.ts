/** The cipher suites of MLS that are used here, by the id that stands in key packages and Welcomes. All sign with Ed25519. */
export const MLS_SUITES = {
  /** X-Wing (X25519 with ML-KEM-768), AES-256-GCM, SHA-512: the default. Its id is not registered yet. */
  xWing: 83,
  /** `MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519` (RFC 9420 §17.1). */
  x25519: 1,
} as const;

export type MlsSuite = (typeof MLS_SUITES)[keyof typeof MLS_SUITES];

/** @returns undefined for a suite that is not used here. */
export function mlsSuite(id: number): MlsSuite | undefined {
  return Object.values(MLS_SUITES).find((known) => known === id);
}
