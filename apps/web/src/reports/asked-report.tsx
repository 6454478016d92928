import { lazy, type ReactNode, Suspense } from 'react';
import { useOpenApp } from '../client/contexts.js';
import { useObservable } from '../state/observable.js';

/** Few report anything: it comes when it is asked for. */
const ReportDialog = lazy(async () => ({ default: (await import('./report-dialog.js')).ReportDialog }));

/** Where somebody reports somebody. It stands over all pages: what is reported may be gone from them by then. */
export function AskedReport(): ReactNode {
  const { reporting } = useOpenApp();
  const target = useObservable(reporting);
  const close = (): void => reporting.set(undefined);
  return <Suspense fallback={null}>{target !== undefined && <ReportDialog target={target} onClose={close} />}</Suspense>;
}
