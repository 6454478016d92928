import { lookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Of IPv4, what leads to this machine, into the operator's network, or to nobody (RFC 6890 and its registry). */
const SPECIAL_V4 = ranges('ipv4', [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
]);
/** All of IPv6 that is in use on the internet. What wraps an IPv4 address, and what is local, lies outside, or is named below. */
const GLOBAL_V6 = ranges('ipv6', ['2000::/3']);
const SPECIAL_V6 = ranges('ipv6', ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']);

/** A host has an address that the relay does not call. */
export class NotPublic extends Error {
  constructor() {
    super('the host is not on the public internet');
    this.name = 'NotPublic';
  }
}

/** Whether an IP address belongs to a host on the public internet. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !SPECIAL_V4.check(address, 'ipv4');
    case 6:
      return GLOBAL_V6.check(address, 'ipv6') && !SPECIAL_V6.check(address, 'ipv6');
    default:
      return false;
  }
}

/**
 * Whether a URL may be kept as the endpoint of a subscription: https, nobody's credentials, and not the address of an inner
 * host. Where its name leads is looked at each time it is called: asked now, the answer would tell what names there are inside.
 */
export function isPublicEndpoint({ protocol, username, password, hostname }: URL): boolean {
  if (protocol !== 'https:' || username !== '' || password !== '') return false;
  const literal = hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(literal) === 0 || isPublicAddress(literal);
}

/**
 * Resolves names, but none that leads inside, with any of its addresses. The connection is made to what is answered here,
 * so a name cannot be public when it is checked and private when it is called.
 */
export const lookUpPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error === null) answer(addresses, options, callback);
    else callback(error, []);
  });
};

type Answer = Parameters<LookupFunction>[2];

function answer(addresses: readonly LookupAddress[], { all }: LookupOptions, callback: Answer): void {
  const [first] = addresses;
  if (first === undefined || !addresses.every(({ address }) => isPublicAddress(address))) callback(new NotPublic(), []);
  else if (all === true) callback(null, [...addresses]);
  else callback(null, first.address, first.family);
}

function ranges(family: 'ipv4' | 'ipv6', subnets: readonly string[]): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [network = '', prefix] = subnet.split('/');
    list.addSubnet(network, Number(prefix), family);
  }
  return list;
}
