import { LIMITS } from '#protocol';
import { Int, ListOf, Uuid } from '../platform/http/fields.js';
import type { GroupView } from './conversation.js';

class LeafDto {
  @Int({ about: 'Index of the leaf in the ratchet tree.', min: 0, example: 3 })
  leaf: number;

  @Uuid({ about: 'Whose device it stands for.' })
  accountId: string;

  @Uuid({ about: 'The device.' })
  deviceId: string;
}

export class GroupDto {
  @Int({ about: 'Which group it is of this conversation; 0 before the first.', min: 0, example: 1 })
  generation: number;

  @Int({ about: 'Its epoch.', min: 0, example: 7 })
  epoch: number;

  @Int({ about: 'Messages of earlier epochs are refused: a device was removed since.', min: 0, example: 5 })
  minEpoch: number;

  @ListOf(() => LeafDto, {
    about: 'Leaves that a commit has to remove before anybody sends again: revoked devices, and those of who left.',
    max: LIMITS.mlsDevices,
  })
  due: LeafDto[];
}

export function groupDto({ generation, epoch, minEpoch, due }: GroupView): GroupDto {
  return { generation, epoch, minEpoch, due: due.map((leaf) => ({ ...leaf })) };
}
