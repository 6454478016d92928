const MOST_LENGTH = 2 ** 30;

/** Writes the presentation language of RFC 9420 §2.1: what `TlsReader` of libs/protocol reads. */
export class TlsWriter {
  private readonly parts: Uint8Array[] = [];

  uint8(value: number): this {
    return this.integer(1, BigInt(value));
  }

  uint16(value: number): this {
    return this.integer(2, BigInt(value));
  }

  uint32(value: number): this {
    return this.integer(4, BigInt(value));
  }

  uint64(value: bigint | number): this {
    return this.integer(8, BigInt(value));
  }

  /** Bytes as they are, such as something written before. */
  raw(bytes: Uint8Array): this {
    this.parts.push(bytes);
    return this;
  }

  /** `opaque x<V>`, its length as short as it can be (§2.1.2). */
  opaque(bytes: Uint8Array): this {
    const { length } = bytes;
    if (length >= MOST_LENGTH) throw new Error('there is no length so great');
    if (length < 0x40) this.uint8(length);
    else if (length < 0x4000) this.uint16(length + 0x4000);
    else this.uint32(length + 0x8000_0000);
    return this.raw(bytes);
  }

  /** `T x<V>`. */
  vector<T>(items: readonly T[], write: (writer: TlsWriter, item: T) => void): this {
    const inner = new TlsWriter();
    for (const item of items) write(inner, item);
    return this.opaque(inner.bytes());
  }

  /** `optional<T>`. */
  optional<T>(item: T | undefined, write: (writer: TlsWriter, item: T) => void): this {
    this.uint8(item === undefined ? 0 : 1);
    if (item !== undefined) write(this, item);
    return this;
  }

  bytes(): Buffer {
    return Buffer.concat(this.parts);
  }

  private integer(size: number, value: bigint): this {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(value);
    if (bytes.subarray(0, 8 - size).some((byte) => byte !== 0)) throw new Error('the integer does not fit');
    return this.raw(bytes.subarray(8 - size));
  }
}
