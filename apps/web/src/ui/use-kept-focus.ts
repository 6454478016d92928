import { useEffect } from 'react';

/** What somebody is in, from the smallest on. */
const PLACES = 'section, [role="log"], main';
const HEADINGS = 'h1, h2, h3';

/**
 * Where what has the focus goes, as a line of a list does or a whole page, what it was in has it from then on. Otherwise whoever
 * goes by keys would begin anew, and whoever hears the page would not hear that there is another one.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let around: readonly Element[] = [];
    const note = ({ target }: FocusEvent): void => {
      around = target instanceof Element ? withAncestors(target) : [];
    };
    const observer = new MutationObserver(() => {
      if (around[0]?.isConnected !== false) return;
      // A dialog that closes gives it back by itself, and some pages have a field for it.
      requestAnimationFrame(() => {
        if (document.activeElement === document.body) focusOn(around.find(isPlace) ?? document.querySelector('main'));
      });
    });
    document.addEventListener('focusin', note);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener('focusin', note);
      observer.disconnect();
    };
  }, []);
}

function isPlace(element: Element): boolean {
  return element.isConnected && element.matches(PLACES);
}

/** A heading says where one is. */
function focusOn(place: Element | null): void {
  const target = place?.querySelector(HEADINGS) ?? place;
  if (!(target instanceof HTMLElement)) return;
  if (!target.hasAttribute('tabindex')) target.tabIndex = -1;
  target.focus({ preventScroll: true });
}

function withAncestors(element: Element): Element[] {
  const { parentElement } = element;
  return [element, ...(parentElement === null ? [] : withAncestors(parentElement))];
}
