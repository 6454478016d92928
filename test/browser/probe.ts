import { resolve } from 'node:path';
import { build } from 'esbuild';
import type { Page, Worker } from 'playwright-core';

const root = resolve(__dirname, '../..');

/** Code of a test's own in pages and workers of the app, before anything of theirs. It comes past their policies, as a debugger does. */
export class Probe {
  private readonly dialogs: string[] = [];

  private constructor(private readonly page: Page) {
    page.on('dialog', (dialog) => {
      this.dialogs.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
  }

  /** Opens the page anew, with the probe in it, and in all that come after. */
  static async put(page: Page): Promise<Probe> {
    await page.addInitScript({ content: await bundled('probe.page.ts') });
    await page.reload();
    return new Probe(page);
  }

  /** @param name of what test/browser/pages/probe.page.ts offers. */
  run(name: string, given?: unknown): Promise<unknown> {
    return this.page.evaluate(callOffered, [name, given] as const);
  }

  /** Scripts that have run without being the app's, and what its policy has refused, since it was last asked. */
  async sprung(): Promise<string[]> {
    return [...((await this.run('sprung')) as string[]), ...this.dialogs.splice(0)];
  }
}

/** The same in a worker, from the moment on that it has begun. */
export class WorkerProbe {
  private constructor(private readonly worker: Worker) {}

  static async put(worker: Worker): Promise<WorkerProbe> {
    await worker.evaluate(await bundled('probe.worker.ts'));
    return new WorkerProbe(worker);
  }

  /** @param name of what test/browser/pages/probe.worker.ts offers. */
  run(name: string, given?: unknown): Promise<unknown> {
    return this.worker.evaluate(callOffered, [name, given] as const);
  }
}

/** Runs there, and so is complete in itself. */
function callOffered([name, given]: readonly [string, unknown]): unknown {
  const offered: unknown = Reflect.get(globalThis, 'offered');
  const method: unknown = typeof offered === 'object' && offered !== null && Reflect.get(offered, name);
  if (typeof method !== 'function') throw new Error(`the probe does not offer ${name}`);
  return Reflect.apply(method, offered, [given]);
}

const bundles = new Map<string, Promise<string>>();

function bundled(script: string): Promise<string> {
  const known = bundles.get(script) ?? bundle(script);
  bundles.set(script, known);
  return known;
}

async function bundle(script: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [resolve(root, 'test/browser/pages', script)],
    bundle: true,
    format: 'iife',
    target: 'es2023',
    write: false,
  });
  return outputFiles[0]!.text;
}
