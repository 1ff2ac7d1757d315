import type { Writable } from 'node:stream';
import { AbstractMessageWriter, type Message, type MessageWriter } from 'vscode-jsonrpc/node';

/**
 * One write(2) a message. The library's own writer makes two, header and content, and each wakes the client: that costs
 * more than all that a signal does. Messages that pile up meanwhile leave together.
 */
export class FrameWriter extends AbstractMessageWriter implements MessageWriter {
  constructor(private readonly output: Writable) {
    super();
    output.on('close', () => this.fireClose());
  }

  write(message: Message): Promise<void> {
    const content = JSON.stringify(message);
    const header = `Content-Length: ${Buffer.byteLength(content)}\r\n\r\n`;
    return new Promise((resolve, reject) => {
      this.output.write(header + content, (error) => (error ? reject(error) : resolve()));
    });
  }

  end(): void {
    this.output.end();
  }
}
