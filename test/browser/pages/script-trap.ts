/** Hears of every script that runs in a page without being the page's own, and of every refusal by its policy. */

const heard: string[] = [];

export function setTrap(): void {
  for (const name of ['xss', 'alert', 'confirm', 'prompt', 'print'])
    Object.defineProperty(globalThis, name, { value: () => heard.push(`script ${name}`) });
  addEventListener(
    'securitypolicyviolation',
    ({ effectiveDirective, blockedURI }) => heard.push(`policy ${effectiveDirective} ${blockedURI}`),
    { capture: true },
  );
}

/** Since it was last asked. */
export function sprung(): string[] {
  return heard.splice(0);
}

const STRANGERS =
  'body script:not([type=module]), iframe, object, embed, frame, base, video, audio, marquee, math, template, xss, style';

/** Elements that no page of the app has, and links that would run something. */
export function strangers(): string[] {
  const links = [...document.querySelectorAll('a[href], area[href]')].filter(
    (link) => !/^(https?|blob):/.test(new URL(link.getAttribute('href') ?? '', location.href).protocol),
  );
  return [...document.querySelectorAll(STRANGERS), ...links].map(({ outerHTML }) => outerHTML.slice(0, 200));
}

/** What the app itself never does. */
export function putMarkup(markup: string): string {
  try {
    document.body.insertAdjacentHTML('beforeend', markup);
    return 'put';
  } catch (error) {
    return error instanceof Error ? error.name : 'unknown';
  }
}

/** By an image, which needs no script. */
export function askElsewhere(url: string): void {
  new Image().src = url;
}

/** As scripts see them. */
export function cookies(): string {
  return document.cookie;
}
