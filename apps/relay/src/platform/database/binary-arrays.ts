/**
 * PostgreSQL arrays in their binary format: one buffer per parameter and no quoting of elements. Text arrays cost the
 * server almost twice the time per row.
 */
const HEADER_BYTES = 20;
const OID = { bytea: 17, int8: 20, uuid: 2950 } as const;

/** `uuid[]` from textual UUIDs. */
export function uuidArray(ids: readonly string[]): Buffer {
  const array = allocate(OID.uuid, ids.length, ids.length * 16);
  let offset = HEADER_BYTES;
  for (const id of ids) {
    array.writeInt32BE(16, offset);
    offset += 4;
    // The hyphens stand at fixed places; hexWrite stops at the first one, so each group is written on its own.
    array.write(id.slice(0, 8), offset, 4, 'hex');
    array.write(id.slice(9, 13), offset + 4, 2, 'hex');
    array.write(id.slice(14, 18), offset + 6, 2, 'hex');
    array.write(id.slice(19, 23), offset + 8, 2, 'hex');
    array.write(id.slice(24), offset + 10, 6, 'hex');
    offset += 16;
  }
  return array;
}

/** `bytea[]`. */
export function byteaArray(values: readonly Buffer[]): Buffer {
  const array = allocate(
    OID.bytea,
    values.length,
    values.reduce((sum, value) => sum + value.length, 0),
  );
  let offset = HEADER_BYTES;
  for (const value of values) {
    array.writeInt32BE(value.length, offset);
    value.copy(array, offset + 4);
    offset += 4 + value.length;
  }
  return array;
}

/** `bigint[]`. */
export function bigintArray(values: readonly number[]): Buffer {
  const array = allocate(OID.int8, values.length, values.length * 8);
  let offset = HEADER_BYTES;
  for (const value of values) {
    array.writeInt32BE(8, offset);
    array.writeBigInt64BE(BigInt(value), offset + 4);
    offset += 12;
  }
  return array;
}

/** One dimension, no nulls, lower bound 1: the header every array above shares. */
function allocate(oid: number, length: number, valueBytes: number): Buffer {
  const array = Buffer.allocUnsafe(HEADER_BYTES + 4 * length + valueBytes);
  array.writeInt32BE(1, 0);
  array.writeInt32BE(0, 4);
  array.writeInt32BE(oid, 8);
  array.writeInt32BE(length, 12);
  array.writeInt32BE(1, 16);
  return array;
}
