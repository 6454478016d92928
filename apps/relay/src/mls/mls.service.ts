import { Injectable } from '@nestjs/common';
import type { ConversationId, EntryId } from '#protocol';
import { LIMITS } from '#protocol';
import { Announcements } from '../conversations/index.js';
import { Delivery } from '../delivery/index.js';
import { Clock } from '../platform/clock/clock.js';
import { NotFound } from '../platform/errors/refusal.js';
import type { Caller } from '../platform/http/caller.js';
import { type Page, pageOf } from '../platform/http/page.js';
import { Limiter } from '../platform/limits/limiter.js';
import { Quotas } from '../platform/limits/quotas.js';
import { type CommitUpload, placeOfGroupInfo, readUpload } from './commit.js';
import { type AppendedCommit, CommitsStore } from './commits.store.js';
import { GroupInfosStore, type StoredGroupInfo } from './group-infos.store.js';
import type { Welcome } from './welcome.js';
import { WelcomesStore } from './welcomes.store.js';

/** The delivery service of RFC 9750: one commit an epoch, welcomes to those it lets in, and a way back in for the lost. */
@Injectable()
export class MlsService {
  constructor(
    private readonly commits: CommitsStore,
    private readonly welcomes: WelcomesStore,
    private readonly groupInfos: GroupInfosStore,
    private readonly announcements: Announcements,
    private readonly delivery: Delivery,
    private readonly limiter: Limiter,
    private readonly quotas: Quotas,
    private readonly clock: Clock,
  ) {}

  /** Makes a commit the group's next epoch, once. @throws see `CommitsStore.append` */
  async commit(caller: Caller, conversationId: ConversationId, upload: CommitUpload): Promise<AppendedCommit> {
    await this.limiter.take('commits', caller.deviceId);
    this.limiter.takeLocal('bytes', caller.accountId, bytesOf(upload));
    const commit = readUpload(conversationId, upload);
    const appended = await this.commits.append({
      commit,
      caller,
      at: this.clock.now(),
      quotas: { members: this.quotas.of('membersPerConversation'), leaves: LIMITS.mlsDevices },
    });
    for (const outcome of appended.outcomes) this.announcements.announce(outcome);
    if (appended.welcome !== undefined)
      this.delivery.push('welcome', appended.welcome.notice, { devices: appended.welcome.devices });
    return appended;
  }

  /** @throws {NotFound} also while the conversation has no group. */
  async groupInfo(caller: Caller, conversationId: ConversationId): Promise<StoredGroupInfo> {
    const found = await this.groupInfos.read(caller.accountId, conversationId);
    if (found === undefined) throw new NotFound('group');
    return found;
  }

  async repairGroupInfo(caller: Caller, conversationId: ConversationId, body: Buffer): Promise<void> {
    await this.limiter.take('commits', caller.deviceId);
    this.limiter.takeLocal('bytes', caller.accountId, body.length);
    await this.groupInfos.repair(caller, conversationId, { ...placeOfGroupInfo(body), body });
  }

  async waiting(
    { deviceId }: Caller,
    page: { readonly after: EntryId | undefined; readonly limit: number },
  ): Promise<Page<Welcome>> {
    const welcomes = await this.welcomes.page(deviceId, { after: page.after, limit: page.limit + 1 });
    return pageOf(welcomes, page.limit, ({ id }) => [id]);
  }

  /** @throws {NotFound} unless it waited for the caller's device. */
  async dealtWith({ deviceId }: Caller, id: EntryId): Promise<void> {
    if (!(await this.welcomes.remove(deviceId, id))) throw new NotFound('welcome');
  }
}

function bytesOf({ commit, welcome, groupInfo }: CommitUpload): number {
  return commit.length + (welcome?.length ?? 0) + groupInfo.length;
}
