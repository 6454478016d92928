import type { PeerState, SdkEvent } from '#sdk';
import { unlessGone } from '../client/error-code.js';
import type { Client } from '../client/open-client.js';
import { Observable } from '../state/observable.js';

/** Something about somebody's keys that is no reason to stop. */
export interface QuietNote {
  readonly kind: 'device_added' | 'identity_changed';
  readonly accountId: string;
  readonly atMs: number;
}

/** What this account believes of other people's keys, for as many as are on the screen. */
export class Peers {
  readonly states = new Observable<ReadonlyMap<string, PeerState>>(new Map());
  /** Since the account was opened, the newest last. */
  readonly notes = new Observable<readonly QuietNote[]>([]);
  private readonly asked = new Set<string>();

  constructor(private readonly client: Client) {}

  /** Whoever is named is looked up, once, and followed from then on. */
  follow(accountIds: readonly string[]): void {
    const unknown = accountIds.filter((accountId) => !this.asked.has(accountId));
    for (const accountId of unknown) this.asked.add(accountId);
    if (unknown.length > 0) void unlessGone(this.read(unknown));
  }

  hear(event: SdkEvent): void {
    if (event.kind === 'contacts') void unlessGone(this.read([...this.asked]));
    // Keys of whom this device is new to are seen as it comes into their chats.
    if (event.kind === 'synced' || event.kind === 'conversation') void unlessGone(this.read(this.unknown));
    if (event.kind !== 'note') return;
    const { kind, accountId } = event.note;
    void unlessGone(this.read([accountId]));
    const needsDecision = event.note.kind === 'identity_changed' && event.note.state === 'changed';
    if (!needsDecision) this.notes.set([...this.notes.get(), { kind, accountId, atMs: Date.now() }]);
  }

  /** Goes on with the newest key of somebody, without having compared it. */
  async accept(accountId: string): Promise<void> {
    const peer = await this.client.contacts.find(accountId);
    if (peer !== undefined) await this.client.contacts.accept(accountId, peer.fingerprint);
    await this.read([accountId]);
  }

  async markVerified(accountId: string, fingerprint: string): Promise<void> {
    await this.client.contacts.markVerified(accountId, fingerprint);
    await this.read([accountId]);
  }

  /** @param code that somebody has shown: nobody is verified by the code of somebody else. */
  async verifyScanned(accountId: string, code: string): Promise<void> {
    await this.client.contacts.verifyScanned(code, accountId);
    await this.read([accountId]);
  }

  async unverify(accountId: string): Promise<void> {
    await this.client.contacts.unverify(accountId);
    await this.read([accountId]);
  }

  private get unknown(): readonly string[] {
    const states = this.states.get();
    return [...this.asked].filter((accountId) => !states.has(accountId));
  }

  private async read(accountIds: readonly string[]): Promise<void> {
    const found = await Promise.all(accountIds.map((accountId) => this.client.contacts.find(accountId)));
    const states = new Map(this.states.get());
    let isChanged = false;
    for (const peer of found) {
      if (peer === undefined || states.get(peer.accountId) === peer.state) continue;
      states.set(peer.accountId, peer.state);
      isChanged = true;
    }
    if (isChanged) this.states.set(states);
  }
}
