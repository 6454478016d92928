import type { IncomingMessage } from 'node:http';
import proxyAddress from '@fastify/proxy-addr';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../platform/config/config.js';

/** The address behind a socket's upgrade request, by the same rule as Fastify's `request.ip`. */
@Injectable()
export class ClientAddresses {
  private readonly isTrusted: (address: string, hop: number) => boolean;

  constructor(@Inject(CONFIG) config: Config) {
    this.isTrusted = config.TRUST_PROXY === false ? () => false : proxyAddress.compile([...config.TRUST_PROXY]);
  }

  of(request: IncomingMessage): string {
    return proxyAddress(request, this.isTrusted);
  }
}
