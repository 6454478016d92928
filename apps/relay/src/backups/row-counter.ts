import { Transform, type TransformCallback } from 'node:stream';

const LINE_FEED = 10;

/** Counts the rows that go through it, of which each is a line: within one, PostgreSQL writes a line break as two characters. */
export class RowCounter extends Transform {
  rows = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, at + 1)) this.rows++;
    done(null, chunk);
  }
}
