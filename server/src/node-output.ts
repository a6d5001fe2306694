import { AbstractMessageWriter, type Message, type MessageWriter } from 'vscode-languageserver/node';

/**
 * Writes each message in one piece, in the order in which they come. The library's own writer writes header and body
 * one after the other, and each wakes the client up.
 */
export class WholeMessageWriter extends AbstractMessageWriter implements MessageWriter {
  constructor(private readonly output: NodeJS.WritableStream) {
    super();
    output.on('error', (error) => this.fireError(error));
    output.on('close', () => this.fireClose());
  }

  /** Hands a message over to the output; what goes wrong there concerns all that follow and is told as an event. */
  write(message: Message): Promise<void> {
    try {
      const body = JSON.stringify(message);
      this.output.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
      return handedOver;
    } catch (cause) {
      const error = new Error('A message can not be written.', { cause });
      this.fireError(error, message);
      return Promise.reject(error);
    }
  }

  end(): void {
    this.output.end();
  }
}

const handedOver = Promise.resolve();
