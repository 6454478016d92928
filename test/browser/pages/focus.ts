/** What keeps people from seeing where the focus is; undefined if nothing does. */
export function flawOfFocus(): string | undefined {
  const focused = document.activeElement;
  // Between two pages, and past the end of one, the focus is on neither.
  if (focused === null || focused === document.body) return undefined;
  const name = `<${focused.tagName.toLowerCase()} class="${focused.className}" aria-label="${focused.ariaLabel ?? ''}">`;
  // What keeps the focus in a dialog passes it on at once.
  if (focused.hasAttribute('data-base-ui-focus-guard')) return undefined;
  if (!isOutlined(focused) && !isFrame(focused.parentElement)) return `${name} looks as without it`;
  if (!focused.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return `${name} is hidden`;
  const { top, bottom, left, right } = focused.getBoundingClientRect();
  const isThere = bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
  return isThere ? undefined : `${name} is outside of what is shown`;
}

/** A field without one of its own may fill a frame that has it. */
function isFrame(around: Element | null): boolean {
  return around?.matches(':focus-within') === true && isOutlined(around);
}

function isOutlined(element: Element): boolean {
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
  const isClear = outlineColor === 'transparent' || /^rgba\(.*, 0\)$/.test(outlineColor);
  return outlineStyle !== 'none' && outlineWidth !== '0px' && !isClear;
}
