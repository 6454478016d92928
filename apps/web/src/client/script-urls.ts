interface ScriptUrls {
  createScriptURL(url: string): string;
}

/** Not every browser has Trusted Types, nor does the compiler know of them. */
declare global {
  interface Window {
    readonly trustedTypes?: { createPolicy(name: string, rules: ScriptUrls): ScriptUrls };
  }
}

const AS_IT_IS: ScriptUrls = { createScriptURL: (url) => url };

/** The page's policy knows this one by its name, and takes scripts from no other. It is used for addresses that are built in. */
export const scriptUrls = window.trustedTypes?.createPolicy('worker-script', AS_IT_IS) ?? AS_IT_IS;
