const headerEnd = '\r\n\r\n';

/** One JSON-RPC message as the base protocol of LSP frames it. */
export function frame(message: unknown): Buffer {
  const body = Buffer.from(typeof message === 'string' ? message : JSON.stringify(message));
  return Buffer.concat([Buffer.from(`Content-Length: ${body.length}${headerEnd}`), body]);
}

/** Cuts a byte stream into messages. */
export class MessageReader {
  #chunks: Buffer[] = [];
  #length = 0;
  /** Less cannot be looked at: a long message is put together once, and not at each of its chunks. */
  #wanted = 0;

  constructor(private readonly onMessage: (message: unknown) => void) {}

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length < this.#wanted) return;
    let bytes: Buffer = Buffer.concat(this.#chunks);
    for (let rest: Buffer | null = bytes; rest; rest = this.#take(bytes)) bytes = rest;
    this.#chunks = [bytes];
    this.#length = bytes.length;
  }

  /** What follows the first message; null when it is not whole yet. */
  #take(bytes: Buffer): Buffer | null {
    this.#wanted = 0;
    const end = bytes.indexOf(headerEnd);
    if (end < 0) return null;
    const header = bytes.toString('latin1', 0, end);
    const length = Number(/^content-length: (\d+)$/im.exec(header)?.[1] ?? NaN);
    if (Number.isNaN(length)) throw new Error(`no Content-Length on the host's stdout: ${header}`);
    const start = end + headerEnd.length;
    this.#wanted = start + length;
    if (bytes.length < this.#wanted) return null;
    this.onMessage(JSON.parse(bytes.toString('utf8', start, this.#wanted)));
    return bytes.subarray(this.#wanted);
  }
}
