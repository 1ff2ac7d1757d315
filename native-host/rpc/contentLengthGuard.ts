import { Transform, type TransformCallback } from 'node:stream';

const headerLimit = 4096;
const headerEnd = '\r\n\r\n';

/**
 * Stands before vscode-jsonrpc, which has no size limit of its own: it would collect 100 MB, or wait for a body that
 * its header announced. Lets messages through as they are, and destroys the stream at the first one that is too long.
 */
export class ContentLengthGuard extends Transform {
  private header = Buffer.alloc(0);
  private bodyLeft = 0;

  constructor(private readonly limit: number) {
    super();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const error = this.inspect(chunk);
    if (error) done(error);
    else done(null, chunk);
  }

  private inspect(chunk: Buffer): Error | null {
    let at = 0;
    while (at < chunk.length) {
      const body = Math.min(this.bodyLeft, chunk.length - at);
      this.bodyLeft -= body;
      at += body;
      if (at < chunk.length) at += this.takeHeader(chunk.subarray(at));
      if (this.header.length > headerLimit) return new Error('header too long');
      if (!(this.bodyLeft <= this.limit)) return new Error('message too long');
    }
    return null;
  }

  /** How many bytes of `rest` belong to the header that is being collected. */
  private takeHeader(rest: Buffer): number {
    const before = this.header.length;
    this.header = Buffer.concat([this.header, rest.subarray(0, headerLimit + 1)]);
    const end = this.header.indexOf(headerEnd);
    if (end < 0) return rest.length;
    const header = this.header.toString('latin1', 0, end);
    const lengths = [...header.matchAll(/^content-length:[ \t]*(\d+)[ \t]*\r?$/gim)];
    // Exactly one: readers differ in which of two they believe. NaN fails the comparison with the limit.
    this.bodyLeft = lengths.length === 1 ? Number(lengths[0]?.[1]) : Number.NaN;
    this.header = Buffer.alloc(0);
    return end + headerEnd.length - before;
  }
}
