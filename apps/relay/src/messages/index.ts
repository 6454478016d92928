export { CursorEntity } from './cursor.entity.js';
export { outgoingMessage, sentMessageDto, syncReplyDto } from './messages.mapping.js';
export {
  ReceiptsEventDto,
  SendEventDto,
  SentMessageDto,
  TypingEventDto,
  TypingPushDto,
  WatermarkDto,
} from './messages.dto.js';
export { IncarnationService } from './incarnation.service.js';
export { MessagesModule } from './messages.module.js';
export { MessagesService } from './messages.service.js';
export { ReceiptEntity } from './receipt.entity.js';
export { ReceiptsService } from './receipts.service.js';
export { RelayEntity } from './relay.entity.js';
export { AccountChangeDto, SyncReplyDto, SyncRequestDto } from './sync.dto.js';
export { SyncService } from './sync.service.js';
export { TypingService } from './typing.service.js';
