import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { useSession } from '../client/contexts.js';
import { useObservable } from '../state/observable.js';

const SecondFactorDialog = lazy(async () => ({
  default: (await import('./second-factor-dialog.js')).SecondFactorDialog,
}));

/** The window that asks for a second factor, over the page or the window that wants one: the one that was opened last. */
export function AskedFactor(): ReactNode {
  const { pending, places, addPlace } = useSession().factors;
  const [place] = useState(() => Symbol('where second factors are asked for'));
  useEffect(() => addPlace(place), [addPlace, place]);
  const ask = useObservable(pending);
  const isHere = useObservable(places).at(-1) === place;
  // Another question is another window: what was typed for the one before has been answered.
  return (
    <Suspense>
      {ask !== undefined && isHere && <SecondFactorDialog key={String(ask.asked.wasWrong)} ask={ask} />}
    </Suspense>
  );
}
