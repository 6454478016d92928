import { groupCode, type MlsGroup } from '#crypto';
import { GroupError } from './groups.errors.js';

/** For the members of a group to compare, by any other way than the relay: aloud, or side by side. */
export interface GroupCode {
  readonly generation: number;
  /** Two codes are of the same moment, and to be compared, only when both are of the same epoch. */
  readonly epoch: number;
  /** Twelve groups of five digits: the same for all devices, unless the relay has led some of them into another group. */
  readonly digits: string;
}

/** @throws {GroupError} `not_in_group` where there is none. */
export async function groupCodeOf(group: MlsGroup | undefined): Promise<GroupCode> {
  if (group === undefined) throw new GroupError('not_in_group', 'This device is in no group.');
  return { generation: group.name.generation, epoch: group.epoch, digits: await groupCode(group) };
}
