import { TestUser } from '#testing';
import { addPasskey } from '../../e2e/second-factors.js';
import { Guarded } from './guarded.js';
import type { Asker } from './world.js';

interface Administered {
  readonly url: string;
  makeAdmin(username: string): Promise<void>;
}

/** Two admins, somebody to whom they do things, and somebody whose second factors are reset over and over. */
export class Administration {
  private constructor(
    private readonly admins: readonly [Guarded, Guarded],
    /** Nobody misses them while they are suspended. */
    readonly target: TestUser,
    private readonly lost: TestUser,
  ) {}

  static async make(relay: Administered): Promise<Administration> {
    const admins = [await Guarded.make(relay), await Guarded.make(relay)] as const;
    for (const { user } of admins) await relay.makeAdmin(user.username);
    const [target, lost] = [await TestUser.register(relay), await TestUser.register(relay)];
    return new Administration(admins, target, lost);
  }

  /** Whose sessions go on. */
  get people(): readonly TestUser[] {
    return [...this.admins.map(({ user }) => user), this.lost];
  }

  /** An admin who may act. */
  async acting(): Promise<Asker> {
    return this.admins[0].freshen();
  }

  /** Whose factors can be asked about: they have one, and nothing waits. */
  async freeToAsk(): Promise<string> {
    const admin = await this.admins[0].freshen();
    for (const { id } of await this.waiting(admin)) await admin.request('DELETE', `/admin/mfa-resets/${id}`);
    const { body } = await this.lost.request('GET', '/auth/mfa');
    if ((body.factors as unknown[]).length === 0) await addPasskey(this.lost);
    return this.lost.username;
  }

  /** What waits for the other admin. */
  async asked(): Promise<{ by: Asker; id: string }> {
    const username = await this.freeToAsk();
    const { body } = await this.admins[0].user.request('POST', '/admin/mfa-resets', { username });
    return { by: await this.admins[1].freshen(), id: String(body.id) };
  }

  /** One that can be revoked. */
  async invitation(): Promise<string> {
    const admin = await this.admins[0].freshen();
    const { body } = await admin.request('POST', '/admin/invitations', { uses: 1 });
    return String(body.id);
  }

  /** One that can be withdrawn. */
  async announcement(): Promise<string> {
    await this.makeRoom();
    const admin = await this.admins[0].freshen();
    const { body } = await admin.request('POST', '/admin/announcements', { severity: 'info', text: 'Hello' });
    return String(body.id);
  }

  /** There are few announcements at once. */
  async makeRoom(): Promise<void> {
    const admin = await this.admins[0].freshen();
    const { body } = await admin.request('GET', '/announcements');
    for (const { id } of (body.items as { id: string }[]).slice(5))
      await admin.request('DELETE', `/admin/announcements/${id}`);
  }

  private async waiting(admin: TestUser): Promise<{ id: string }[]> {
    const { body } = await admin.request('GET', '/admin/mfa-resets?limit=200');
    return body.items as { id: string }[];
  }
}
