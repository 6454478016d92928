/** What tests may have this page do (`Tab.run`). Scripts that a debugger evaluates bypass the page's policy; these do not. */
export function offer(offered: Readonly<Record<string, (given: never) => unknown>>): void {
  Reflect.set(globalThis, 'offered', offered);
}
