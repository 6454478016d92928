import { Text } from '../platform/http/fields.js';

export class AuthRenewDto {
  @Text({ about: 'A fresh access token of the same session.', min: 1, max: 2048 })
  readonly token: string;
}
