import {
  Controller,
  Delete,
  Get,
  Head,
  HttpCode,
  Param,
  Patch,
  Post,
  Res,
  StreamableFile,
  UseGuards,
} from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiPartialContentResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Authenticated, type Caller, CurrentCaller } from '../platform/http/caller.js';
import { Refuses } from '../platform/http/refuses.js';
import { CurrentBody, type StreamedBody, StreamsBody } from '../platform/http/streamed-body.js';
import type { NewUpload } from './attachment.js';
import { AttachmentParams, CIPHERTEXT, REPLY_HEADERS, REQUEST_HEADERS } from './attachments.dto.js';
import { AttachmentsService } from './attachments.service.js';
import { rangeOf } from './byte-range.js';
import { addDownloadHeaders, sayingLength } from './download-reply.js';
import { CurrentNewUpload, CurrentOffset, CurrentRange, expiresHeader, TusGuard } from './tus.js';
import { UploadsService } from './uploads.service.js';

const OCTETS = { 'application/octet-stream': { schema: CIPHERTEXT } };

@ApiTags('attachments')
@Controller('attachments')
@Authenticated()
@UseGuards(TusGuard)
export class AttachmentsController {
  constructor(
    private readonly attachments: AttachmentsService,
    private readonly uploads: UploadsService,
  ) {}

  @Post()
  @HttpCode(201)
  @Refuses('not_found', 'attachment_too_large', 'attachment_quota_exceeded', 'unsupported_tus_version')
  @ApiOperation({
    operationId: 'createAttachment',
    summary: 'Begin to upload an attachment',
    description:
      'As in tus 1.0, with the extensions creation, expiration and termination. The file is encrypted by then; members of the ' +
      'conversation can read it once it is whole. An upload that is not whole after a day is given up. `not_found` alike for ' +
      'a conversation that is not there and for one that the caller is not in.',
  })
  @ApiHeader(REQUEST_HEADERS.tusResumable)
  @ApiHeader(REQUEST_HEADERS.uploadLength)
  @ApiHeader(REQUEST_HEADERS.uploadMetadata)
  @ApiCreatedResponse({ headers: REPLY_HEADERS.created })
  async create(
    @CurrentCaller() caller: Caller,
    @CurrentNewUpload() newUpload: NewUpload,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const { id, expiresAt } = await this.attachments.create(caller, newUpload);
    void reply.headers({ location: `/v1/attachments/${id}`, ...expiresHeader(expiresAt) });
  }

  // Before GET: Fastify would make a HEAD of that.
  @Head(':attachmentId')
  @Refuses('not_found', 'unsupported_tus_version')
  @ApiOperation({
    operationId: 'getUpload',
    summary: 'How far an upload has come',
    description: 'For who uploads it, while in the conversation. `not_found` alike for everybody else.',
  })
  @ApiHeader(REQUEST_HEADERS.tusResumable)
  @ApiOkResponse({ headers: REPLY_HEADERS.upload })
  async find(
    @CurrentCaller() caller: Caller,
    @Param() { attachmentId }: AttachmentParams,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const { received, length, expiresAt } = await this.uploads.find(caller, attachmentId);
    const place = { 'upload-offset': String(received), 'upload-length': String(length) };
    void reply.headers({ ...place, ...expiresHeader(expiresAt) });
  }

  @Patch(':attachmentId')
  @StreamsBody()
  @HttpCode(204)
  @Refuses('not_found', 'upload_offset_mismatch', 'attachment_too_large', 'storage_full', 'unsupported_tus_version')
  @ApiOperation({
    operationId: 'continueUpload',
    summary: 'Upload more of an attachment',
    description:
      'In one request or in many. What the relay received before a request broke off stays; HEAD says from where to go on. ' +
      '`upload_offset_mismatch` at any other offset, and when another request has taken the place of this one. ' +
      '`storage_full` ends nothing: the upload goes on once there is room.',
  })
  @ApiHeader(REQUEST_HEADERS.tusResumable)
  @ApiHeader(REQUEST_HEADERS.uploadOffset)
  @ApiConsumes('application/offset+octet-stream')
  @ApiBody({ schema: CIPHERTEXT })
  @ApiNoContentResponse({ headers: REPLY_HEADERS.advanced })
  async receive(
    @CurrentCaller() caller: Caller,
    @Param() { attachmentId }: AttachmentParams,
    @CurrentOffset() offset: number,
    @CurrentBody() body: StreamedBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const { received, expiresAt } = await this.uploads.receive(caller, attachmentId, { offset, ...body });
    void reply.headers({ 'upload-offset': String(received), ...expiresHeader(expiresAt) });
  }

  @Delete(':attachmentId')
  @HttpCode(204)
  @Refuses('not_found', 'unsupported_tus_version')
  @ApiOperation({
    operationId: 'deleteAttachment',
    summary: 'Take an attachment away from everybody',
    description: 'By who uploaded it, at any time, whole or not.',
  })
  @ApiHeader(REQUEST_HEADERS.tusResumable)
  @ApiNoContentResponse({ headers: REPLY_HEADERS.removed })
  async remove(@CurrentCaller() caller: Caller, @Param() { attachmentId }: AttachmentParams): Promise<void> {
    await this.attachments.remove(caller, attachmentId);
  }

  @Get(':attachmentId')
  @Refuses('not_found', 'range_not_satisfiable')
  @ApiOperation({
    operationId: 'downloadAttachment',
    summary: 'The ciphertext of an attachment, or a part of it',
    description:
      'For everybody in the conversation, once it is whole. `not_found` alike for one that is not there, not whole, expired, ' +
      'taken away, or not theirs. A reader who is removed meanwhile does not get the rest.',
  })
  @ApiHeader(REQUEST_HEADERS.range)
  @ApiOkResponse({ headers: REPLY_HEADERS.whole, content: OCTETS })
  @ApiPartialContentResponse({
    description: 'The part that was asked for.',
    headers: { ...REPLY_HEADERS.whole, ...REPLY_HEADERS.part },
    content: OCTETS,
  })
  async download(
    @CurrentCaller() caller: Caller,
    @Param() { attachmentId }: AttachmentParams,
    @CurrentRange() range: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const download = await sayingLength(
      reply,
      this.attachments.download(caller, attachmentId, (length) => rangeOf(range, length)),
    );
    addDownloadHeaders(reply, download);
    return new StreamableFile(download.bytes);
  }
}
