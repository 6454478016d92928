import { isPhoto, plainPhoto } from './plain-photo.js';
import { tiffOf } from './exif.js';

/** Photos that are put together here, of each kind, with what nobody has to know. */

const PLACE = 'Unter den Linden';
const bytes = (...parts: (string | number[] | Uint8Array)[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(
    parts.flatMap((one) => (typeof one === 'string' ? Array.from(one, (char) => char.charCodeAt(0)) : [...one])),
  );
const big = (value: number): number[] => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const little = (value: number): number[] => big(value).reverse();

async function plain(type: string, ...parts: Parameters<typeof bytes>): Promise<Uint8Array> {
  const file = await plainPhoto(new File([bytes(...parts)], 'photo', { type }));
  return new Uint8Array(await file.arrayBuffer());
}
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'plain',
    (error: unknown) => (error as { code?: unknown }).code,
  );

/** TIFF of either order of bytes that says how to turn a picture, and where it was taken. */
function tiff(orientation: number, isLittle: boolean): Uint8Array {
  const short = (value: number): number[] => (isLittle ? [value, 0] : [0, value]);
  const long = isLittle ? little : big;
  const tag = (value: number): number[] => (isLittle ? [value & 255, value >> 8] : [value >> 8, value & 255]);
  return bytes(
    ...[isLittle ? 'II' : 'MM', short(42), long(8), short(2)],
    ...[tag(0x010e), short(2), long(PLACE.length), long(38)],
    ...[tag(0x0112), short(3), long(1), short(orientation), [0, 0]],
    ...[long(0), PLACE],
  );
}

const segment = (kind: number, ...content: Parameters<typeof bytes>): Uint8Array => {
  const data = bytes(...content);
  const length = 2 + data.length;
  return bytes([0xff, kind, length >> 8, length & 255], data);
};
const TABLE = segment(0xdb, [1, 2, 3]);
const SCAN = bytes(segment(0xda, [1]), [9, 0xff, 0, 9, 0xff, 0xd3, 9]);
const JFIF = segment(0xe0, 'JFIF\0');
const COLOURS = segment(0xe2, 'ICC_PROFILE\0', [1, 1]);
const START = [0xff, 0xd8];
const END = [0xff, 0xd9];

describe('a JPEG', () => {
  it('keeps its picture and colours to the byte, and nothing that its camera says', async () => {
    const said = [
      segment(0xe1, 'Exif\0\0', tiff(1, true)),
      segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0', PLACE),
      segment(0xe2, 'MPF\0', PLACE),
      segment(0xed, 'Photoshop 3.0\0', PLACE),
      segment(0xfe, PLACE),
    ];
    const behind = bytes(PLACE);
    const taken = await plain('image/jpeg', START, JFIF, ...said, COLOURS, TABLE, SCAN, said[4]!, SCAN, END, behind);
    expect(taken).toEqual(bytes(START, JFIF, COLOURS, TABLE, SCAN, SCAN, END));
  });

  it.each([
    [6, true],
    [8, false],
  ])('is turned as before: %d', async (orientation, isLittle) => {
    const exif = segment(0xe1, 'Exif\0\0', tiff(orientation, isLittle));
    const taken = await plain('image/jpeg', START, exif, TABLE, SCAN, END);
    expect(taken).toEqual(bytes(START, segment(0xe1, 'Exif\0\0', tiffOf(orientation)!), TABLE, SCAN, END));
    expect(await plain('image/jpeg', taken)).toEqual(taken);
  });

  it('may have bytes that fill the room before a marker', async () => {
    expect(await plain('image/jpeg', START, [0xff, 0xff], TABLE, [0xff], SCAN, [0xff], END)).toEqual(
      bytes(START, TABLE, SCAN, [0xff], END),
    );
  });
});

const chunk = (type: string, data: Uint8Array): Uint8Array => bytes(big(data.length), type, data, [1, 2, 3, 4]);
const SIGNATURE = '\x89PNG\r\n\x1a\n';
const HEAD = chunk('IHDR', bytes([1]));
const DATA = [chunk('iCCP', bytes([2])), chunk('IDAT', bytes([3])), chunk('IDAT', bytes([4])), chunk('IEND', bytes())];

describe('a PNG', () => {
  it('keeps its picture and colours to the byte, and nothing that its camera says', async () => {
    const said = ['tEXt', 'zTXt', 'iTXt', 'tIME'].map((type) => chunk(type, bytes(PLACE)));
    const exif = chunk('eXIf', tiff(1, false));
    expect(await plain('image/png', SIGNATURE, HEAD, exif, ...said, ...DATA, PLACE)).toEqual(
      bytes(SIGNATURE, HEAD, ...DATA),
    );
  });

  it('is turned as before, with a right checksum', async () => {
    const taken = await plain(
      'image/png',
      SIGNATURE,
      HEAD,
      ...DATA.slice(0, 2),
      chunk('eXIf', tiff(3, true)),
      DATA[3]!,
    );
    // CRC-32 of `eXIf` and the TIFF, by zlib.
    const exif = bytes(big(26), 'eXIf', tiffOf(3)!, big(0x845f64ce));
    expect(taken).toEqual(bytes(SIGNATURE, HEAD, exif, ...DATA.slice(0, 2), DATA[3]!));
  });
});

const riff = (...chunks: Uint8Array[]): Uint8Array => {
  const body = bytes('WEBP', ...chunks);
  return bytes('RIFF', little(body.length), body);
};
const part = (type: string, data: Uint8Array): Uint8Array =>
  bytes(type, little(data.length), data, data.length % 2 === 1 ? [0] : []);
const extended = (flags: number): Uint8Array => part('VP8X', bytes([flags, 0, 0, 0, 1, 0, 0, 1, 0, 0]));
const PICTURE = [part('ICCP', bytes([1])), part('ALPH', bytes([2, 3])), part('VP8 ', bytes([4, 5, 6]))];

describe('a WebP', () => {
  it('keeps its picture and colours to the byte, and nothing that its camera says', async () => {
    const said = [part('EXIF', tiff(1, true)), part('XMP ', bytes(PLACE)), part('more', bytes(PLACE))];
    expect(await plain('image/webp', riff(extended(0x3c), ...PICTURE, ...said), PLACE)).toEqual(
      riff(extended(0x30), ...PICTURE),
    );
  });

  it('is turned as before', async () => {
    const taken = await plain('image/webp', riff(extended(0x2c), ...PICTURE, part('EXIF', tiff(6, false))));
    expect(taken).toEqual(riff(extended(0x28), ...PICTURE, part('EXIF', tiffOf(6)!)));
  });
});

describe('what is no photo of its type', () => {
  const photos: [string, Uint8Array][] = [
    ['image/jpeg', bytes(START, TABLE, SCAN, END)],
    ['image/png', bytes(SIGNATURE, HEAD, ...DATA)],
    ['image/webp', riff(...PICTURE)],
  ];

  it.each(photos)('is told, wherever it breaks off: %s', async (type, whole) => {
    expect(await codeOf(plain(type, whole))).toBe('plain');
    for (let length = 0; length < whole.length; length++)
      expect([length, await codeOf(plain(type, whole.subarray(0, length)))]).toEqual([length, 'unreadable_photo']);
  });

  it.each(photos)('is told where it is something else: %s', async (type) => {
    expect(await codeOf(plain(type, bytes(PLACE.repeat(10))))).toBe('unreadable_photo');
  });

  it('stays as it is where nobody said that it is one', async () => {
    const file = new File([PLACE], 'plan.pdf', { type: 'application/pdf' });
    expect(await plainPhoto(file)).toBe(file);
    expect(['image/jpeg', 'image/gif', 'toString'].map(isPhoto)).toEqual([true, false, false]);
  });
});
