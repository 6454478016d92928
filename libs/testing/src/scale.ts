import { appendFileSync } from 'node:fs';
import { relative } from 'node:path';

const { RELEASE_GATE: gate = '', EVIDENCE_FILE: evidenceFile = '', SOAK_MINUTES: minutes = '' } = process.env;

/** Whether this is the long run before a release (`npm run release-gate`). */
export const inReleaseGate = gate !== '';

/** How long a relay is watched for what it leaks: hours only when somebody asks for them, also before a release. */
export const soakMinutes = minutes === '' ? 2.5 : Number(minutes);

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
