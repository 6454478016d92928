import { appendFileSync } from 'node:fs';
import { relative } from 'node:path';

const { RELEASE_GATE: gate = '', EVIDENCE_FILE: evidenceFile = '' } = process.env;

/** Whether this is the long run before a release (`npm run release-gate`). */
export const inReleaseGate = gate !== '';

/** How much of something to do: a fixed part in CI, all of it before a release. */
export function scaled<T>(amount: { readonly ci: T; readonly gate: T }): T {
  return inReleaseGate ? amount.gate : amount.ci;
}

/**
 * What a test of a control has measured, for the record: one line of JSON in `EVIDENCE_FILE`, if a run asks for it.
 *
 * @param control an id of docs/controls.json, such as `C-04`
 * @param figures names with their units and numbers or short texts, such as `{ pairs: 300, ratio: 1.01 }`
 */
export function recordEvidence(control: string, figures: Readonly<Record<string, number | string>>): void {
  if (evidenceFile === '') return;
  const file = relative(process.cwd(), expect.getState().testPath ?? '');
  appendFileSync(evidenceFile, `${JSON.stringify({ file, control, figures })}\n`);
}
