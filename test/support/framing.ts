const headerEnd = '\r\n\r\n';

/** One JSON-RPC message as the base protocol of LSP frames it. */
export function frame(message: unknown): Buffer {
  const body = Buffer.from(typeof message === 'string' ? message : JSON.stringify(message));
  return Buffer.concat([Buffer.from(`Content-Length: ${body.length}${headerEnd}`), body]);
}

/** Cuts a byte stream into messages. */
export class MessageReader {
  #bytes = Buffer.alloc(0);

  constructor(private readonly onMessage: (message: unknown) => void) {}

  push(chunk: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    for (;;) {
      const end = this.#bytes.indexOf(headerEnd);
      if (end < 0) return;
      const header = this.#bytes.toString('latin1', 0, end);
      const length = Number(/^content-length: (\d+)$/im.exec(header)?.[1] ?? NaN);
      if (Number.isNaN(length))
        throw new Error(`no Content-Length on the host's stdout: ${header}`);
      const start = end + headerEnd.length;
      if (this.#bytes.length < start + length) return;
      const body = this.#bytes.toString('utf8', start, start + length);
      this.#bytes = this.#bytes.subarray(start + length);
      this.onMessage(JSON.parse(body));
    }
  }
}
