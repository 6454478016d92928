import type { ClientEvent, ServerEvent } from '#protocol';

/** What the document calls an event of a client, and with it its operation: `message:send` is `messageSend`. */
export function clientName(event: ClientEvent): string {
  const [first = '', ...rest] = event.split(':');
  return [first, ...rest.map(capitalised)].join('');
}

/** What it calls an event of the relay; some have the name of one of a client. */
export function pushName(event: ServerEvent): string {
  return ['push', ...event.split(':').map(capitalised)].join('');
}

/** The two forms of an acknowledgement. */
export function acceptedName(event: ClientEvent): string {
  return `${clientName(event)}Accepted`;
}

export function refusedName(event: ClientEvent): string {
  return `${clientName(event)}Refused`;
}

/** Schemas are named like classes. */
export function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
