import { scriptUrls } from '../client/script-urls.js';
import { Observable } from '../state/observable.js';

const SCRIPT = '/sw.js';
/** A tab may stay open for days. */
const LOOK_EVERY_MS = 60 * 60_000;

/** The app itself, kept in this browser for when the relay is out of reach, by a service worker. */
class KeptApp {
  /** Whether a newer version is here, and waits for the one that runs to end. */
  readonly isNewerHere = new Observable(false);
  private registration: ServiceWorkerRegistration | undefined;
  private looking: ReturnType<typeof setInterval> | undefined;

  /** For who has an account here: others only look at a page. */
  async keep(): Promise<void> {
    if (this.registration !== undefined || !isPossible()) return;
    const script = scriptUrls.createScriptURL(SCRIPT);
    try {
      this.registration = await navigator.serviceWorker.register(script, { updateViaCache: 'none' });
      this.watch(this.registration);
    } catch {
      // The browser forbids it, or the relay is away: the app runs, from the relay alone.
    }
  }

  /** Ends the version that runs, in all tabs, for the newer one. */
  takeNewer(): void {
    const newer = this.registration?.waiting ?? undefined;
    // It is there already where the page came from the relay, and so kept no older one from going.
    if (newer === undefined) location.reload();
    newer?.addEventListener('statechange', () => {
      if (newer.state === 'activated') location.reload();
    });
    newer?.postMessage('take-over');
  }

  /** Deletes it from this browser, with all that the page remembers. */
  async forget(): Promise<void> {
    clearInterval(this.looking);
    this.registration = undefined;
    this.isNewerHere.set(false);
    localStorage.clear();
    sessionStorage.clear();
    if (!isPossible()) return;
    const registrations = await navigator.serviceWorker.getRegistrations();
    await Promise.all(registrations.map((registration) => registration.unregister()));
    const names = await caches.keys();
    await Promise.all(names.map((name) => caches.delete(name)));
  }

  private watch(registration: ServiceWorkerRegistration): void {
    const { waiting, active } = registration;
    this.isNewerHere.set(waiting !== null && active !== null);
    this.awaitNewer(registration);
    registration.addEventListener('updatefound', () => this.awaitNewer(registration));
    // In another tab somebody has taken the newer one: the files of this one are gone.
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload());
    this.looking = setInterval(() => void registration.update().catch(() => undefined), LOOK_EVERY_MS);
  }

  /** The first one to come is the one that runs. */
  private awaitNewer({ installing, active }: ServiceWorkerRegistration): void {
    if (active === null) return;
    installing?.addEventListener('statechange', () => {
      if (installing.state === 'installed') this.isNewerHere.set(true);
    });
  }
}

/** Vite alone serves no such script. */
function isPossible(): boolean {
  return 'serviceWorker' in navigator && import.meta.env.PROD;
}

export const keptApp = new KeptApp();
