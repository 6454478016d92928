import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The clock of a process that is started with its environment, by libfaketime. What measures durations goes on as it does. */
export class FakedClock {
  private readonly directory = mkdtempSync(join(tmpdir(), 'sealpost-clock-'));
  private readonly file = join(this.directory, 'offset');

  /** @param offset from the time that it is, such as `+10m` or `-1h` */
  constructor(offset: string) {
    this.set(offset);
  }

  /** Is felt within a second. */
  set(offset: string): void {
    writeFileSync(this.file, `${offset}\n`);
  }

  get environment(): Record<string, string> {
    // The program knows where its library is.
    const library = execFileSync('faketime', ['-f', '+0', 'printenv', 'LD_PRELOAD'], { encoding: 'utf8' }).trim();
    return {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: this.file,
      FAKETIME_CACHE_DURATION: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    };
  }

  remove(): void {
    rmSync(this.directory, { recursive: true });
  }
}
