/** What is not of the form that the reader expects. */
export class MalformedMlsError extends Error {
  constructor(detail: string) {
    super(`This is no MLS message as RFC 9420 has them: ${detail}.`);
    this.name = 'MalformedMlsError';
  }
}

/** Reads the presentation language of RFC 9420 §2.1, strictly and within the bytes given. Each method throws {@link MalformedMlsError}. */
export class TlsReader {
  private offset = 0;
  private readonly view: DataView;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get isAtEnd(): boolean {
    return this.offset === this.bytes.length;
  }

  uint8(): number {
    return this.view.getUint8(this.take(1));
  }

  uint16(): number {
    return this.view.getUint16(this.take(2));
  }

  uint32(): number {
    return this.view.getUint32(this.take(4));
  }

  uint64(): bigint {
    return this.view.getBigUint64(this.take(8));
  }

  /** `opaque x<V>`, as a view. */
  opaque(): Uint8Array {
    const length = this.length();
    const start = this.take(length);
    return this.bytes.subarray(start, start + length);
  }

  /** `T x<V>`: items until the vector ends. */
  vector<T>(item: (reader: TlsReader) => T): T[] {
    const inner = new TlsReader(this.opaque());
    const items: T[] = [];
    while (!inner.isAtEnd) items.push(item(inner));
    return items;
  }

  /** `optional<T>`. */
  optional<T>(item: (reader: TlsReader) => T): T | undefined {
    const present = this.uint8();
    if (present > 1) throw new MalformedMlsError('an optional is neither present nor absent');
    return present === 1 ? item(this) : undefined;
  }

  /** Nothing may follow. */
  end(): void {
    if (!this.isAtEnd) throw new MalformedMlsError('bytes follow');
  }

  /** A length of one, two or four bytes, as short as it can be (§2.1.2). */
  private length(): number {
    const first = this.uint8();
    const prefix = first >> 6;
    if (prefix === 3) throw new MalformedMlsError('a length has an unknown prefix');
    let value = first & 0x3f;
    for (let more = (1 << prefix) - 1; more > 0; more--) value = value * 256 + this.uint8();
    if ((prefix === 1 && value < 0x40) || (prefix === 2 && value < 0x4000))
      throw new MalformedMlsError('a length is longer than need be');
    return value;
  }

  /** @returns where they start. */
  private take(count: number): number {
    const start = this.offset;
    if (start + count > this.bytes.length) throw new MalformedMlsError('it ends too early');
    this.offset = start + count;
    return start;
  }
}
