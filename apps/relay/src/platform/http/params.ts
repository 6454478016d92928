import { Username } from './fields.js';

/** Path parameter of the routes about one person. */
export class UsernameParams {
  @Username({ about: 'Whom it is about.' })
  username: string;
}
