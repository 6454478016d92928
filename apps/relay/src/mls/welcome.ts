import type { ConversationId, DeviceId, EntryId, GroupPlace, Seq } from '#protocol';

/** That a Welcome waits for a device. */
export interface WelcomeNotice extends GroupPlace {
  /** Of the commit that it belongs to. */
  readonly id: EntryId;
  readonly conversationId: ConversationId;
  /** Where that commit stands. */
  readonly seq: Seq;
}

export interface Welcome extends WelcomeNotice {
  readonly body: Buffer;
}

/** A Welcome and the devices that it lets in. */
export interface SentWelcome {
  readonly notice: WelcomeNotice;
  readonly devices: readonly DeviceId[];
}
