import { isPublicAddress, isPublicEndpoint, lookUpPublic, NotPublic } from './address-rules.js';

describe('an address', () => {
  it.each([
    ...[
      '0.0.0.0',
      '10.1.2.3',
      '100.64.0.1',
      '127.0.0.1',
      '127.255.255.254',
      '169.254.169.254',
      '172.16.0.1',
      '172.31.255.255',
    ],
    ...['192.0.0.1', '192.0.2.1', '192.168.1.1', '198.18.0.1', '198.51.100.1', '203.0.113.1', '224.0.0.1', '240.0.0.1'],
    ...[
      '255.255.255.255',
      '::',
      '::1',
      '::ffff:127.0.0.1',
      '::ffff:8.8.8.8',
      '64:ff9b::7f00:1',
      '64:ff9b:1::1',
      '100::1',
    ],
    ...[
      '2001::1',
      '2001:db8::1',
      '2002:7f00:1::',
      '3fff::1',
      'fc00::1',
      'fd12::1',
      'fe80::1',
      'fe80::1%eth0',
      'fec0::1',
      'ff02::1',
    ],
    ...['', 'localhost', '8.8.8', '0x7f000001'],
  ])('is not called: %j', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each([
    '8.8.8.8',
    '1.1.1.1',
    '172.32.0.1',
    '192.169.0.1',
    '100.128.0.1',
    '2606:4700:4700::1111',
    '2a00:1450:4001::200e',
  ])('is called: %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

describe('an endpoint', () => {
  it.each([
    ...[
      'http://push.example.org/',
      'ftp://push.example.org/',
      'https://user@push.example.org/',
      'https://u:p@push.example.org/',
    ],
    ...[
      'https://127.0.0.1/',
      'https://2130706433/',
      'https://0x7f.1/',
      'https://0177.0.0.1/',
      'https://127.1/',
      'https://[::1]/',
    ],
    ...[
      'https://[::ffff:10.0.0.1]/',
      'https://169.254.169.254/latest/meta-data',
      'https://１２７.0.0.1/',
      'javascript:alert(1)',
    ],
  ])('is not kept: %s', (url) => {
    expect(isPublicEndpoint(new URL(url))).toBe(false);
  });

  it.each([
    'https://push.example.org/wake/1?x=2',
    'https://push.example.org:8443/',
    'https://8.8.8.8/',
    'https://[2606:4700::1]/',
  ])('is kept: %s', (url) => {
    expect(isPublicEndpoint(new URL(url))).toBe(true);
  });
});

describe('a name', () => {
  it.each([{ all: true }, {}])('that leads inside resolves to nothing, asked %j', async (options) => {
    const error = await new Promise((resolve) => {
      lookUpPublic('localhost', options, (found) => resolve(found));
    });
    expect(error).toBeInstanceOf(NotPublic);
  });

  it('that nobody has fails as it would otherwise', async () => {
    const error = await new Promise((resolve) => {
      lookUpPublic('nobody.invalid', {}, (found) => resolve(found));
    });
    expect(error).toMatchObject({ syscall: 'getaddrinfo' });
  });
});
