import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Anonymous, Authenticated, type Caller, CurrentCaller } from '../platform/http/caller.js';
import { Refuses } from '../platform/http/refuses.js';
import { Limited } from '../platform/limits/limits.guard.js';
import {
  AnswerLinkingDto,
  LinkingOfferDto,
  LinkingParams,
  LinkingReplyDto,
  OpenedLinkingDto,
  OpenLinkingDto,
  ProvideLinkingDto,
  ReadLinkingDto,
  toLinkingOfferDto,
  toLinkingReplyDto,
  toOpenedLinkingDto,
} from './linking.dto.js';
import { LinkingService } from './linking.service.js';

@ApiTags('linking')
@Controller('linking')
export class LinkingController {
  constructor(private readonly linking: LinkingService) {}

  @Post()
  @Anonymous()
  @Limited('linking')
  @ApiOperation({
    operationId: 'openLinking',
    summary: 'Open a slot, as a new device',
    description: 'For two minutes. `unavailable` while too many slots are open.',
  })
  @ApiCreatedResponse({ type: OpenedLinkingDto })
  async open(@Body() { offer }: OpenLinkingDto): Promise<OpenedLinkingDto> {
    return toOpenedLinkingDto(await this.linking.open(Buffer.from(offer, 'base64url')));
  }

  @Get(':slotId')
  @Authenticated()
  @Limited('linkingReads')
  @Refuses('not_found')
  @ApiOperation({
    operationId: 'getLinkingOffer',
    summary: 'What the new device said, for the old one',
    description: '`not_found` alike for a slot that never was, has expired, or has been read.',
  })
  @ApiOkResponse({ type: LinkingOfferDto })
  async offer(@Param() { slotId }: LinkingParams): Promise<LinkingOfferDto> {
    return toLinkingOfferDto(await this.linking.offer(slotId));
  }

  @Put(':slotId/answer')
  @Authenticated()
  @Limited('linking')
  @HttpCode(204)
  @Refuses('not_found', 'conflict')
  @ApiOperation({
    operationId: 'answerLinking',
    summary: 'Answer the new device, as the old one',
    description: 'Once: `conflict` after any other answer. The same again, from the same device, changes nothing.',
  })
  @ApiNoContentResponse()
  async answer(
    @CurrentCaller() caller: Caller,
    @Param() { slotId }: LinkingParams,
    @Body() { answer }: AnswerLinkingDto,
  ): Promise<void> {
    await this.linking.answer(caller, slotId, Buffer.from(answer, 'base64url'));
  }

  @Put(':slotId/provisioning')
  @Authenticated()
  @Limited('linking')
  @HttpCode(204)
  @Refuses('not_found', 'conflict')
  @ApiOperation({
    operationId: 'provideLinking',
    summary: 'Hand over to the new device what it needs',
    description:
      'Once, after the words were compared, by the device that answered: `not_found` for every other one, and once it was ' +
      'read. The same again changes nothing.',
  })
  @ApiNoContentResponse()
  async provide(
    @CurrentCaller() caller: Caller,
    @Param() { slotId }: LinkingParams,
    @Body() { provisioning }: ProvideLinkingDto,
  ): Promise<void> {
    await this.linking.provide(caller, slotId, Buffer.from(provisioning, 'base64url'));
  }

  @Post(':slotId/read')
  @Anonymous()
  @Limited('linkingReads')
  @HttpCode(200)
  @Refuses('not_found')
  @ApiOperation({
    operationId: 'readLinking',
    summary: 'What the old device has said, for the new one',
    description:
      'To be asked every second or two. With the provisioning the slot is gone: it is read once. `not_found` also for a ' +
      'wrong key.',
  })
  @ApiOkResponse({ type: LinkingReplyDto })
  async read(@Param() { slotId }: LinkingParams, @Body() { readKey }: ReadLinkingDto): Promise<LinkingReplyDto> {
    return toLinkingReplyDto(await this.linking.read(slotId, Buffer.from(readKey, 'base64url')));
  }
}
