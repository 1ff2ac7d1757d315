import * as vscode from 'vscode';
import type { Actor } from '../support/actor';

interface Request extends vscode.DebugProtocolMessage {
  readonly seq: number;
  readonly command: string;
  readonly arguments?: Readonly<Record<string, unknown>>;
}

export interface AdapterOptions {
  /** Traces and lets go, as a debugger does. */
  readonly actor: Actor;
  readonly attribute: string;
  readonly capabilities?: object;
  /** Between the request and the attach. */
  readonly beforeAttach?: () => Promise<void>;
  readonly afterDisconnect?: () => Promise<void>;
  /** It says that it is attached, and is not. */
  readonly isLazy?: boolean;
}

/** A debug adapter that does little more than attaching, and that for real. */
export class TracingAdapter implements vscode.DebugAdapter {
  private readonly sent = new vscode.EventEmitter<vscode.DebugProtocolMessage>();
  readonly onDidSendMessage = this.sent.event;
  /** Numbers that it was told to attach to, in order. */
  readonly told: unknown[] = [];
  /** All that it was asked. */
  readonly commands: string[] = [];
  private traced: number | undefined;

  constructor(private readonly options: AdapterOptions) {}

  handleMessage(message: vscode.DebugProtocolMessage): void {
    const request = message as Request;
    this.commands.push(request.command);
    this.handle(request).then(
      (body) => this.answer(request, { success: true, body }),
      (error: unknown) => this.answer(request, { success: false, message: String(error) }),
    );
  }

  dispose(): void {
    void this.letGo();
  }

  private async handle({ command, arguments: args }: Request): Promise<object | undefined> {
    switch (command) {
      case 'initialize':
        return { supportTerminateDebuggee: true, ...this.options.capabilities };
      case 'attach':
        await this.attach(args?.[this.options.attribute]);
        this.send({ type: 'event', event: 'initialized' });
        return undefined;
      case 'restart':
        await this.letGo();
        await this.attach(this.told.at(-1));
        return undefined;
      case 'threads':
        return { threads: [] };
      case 'terminate':
      case 'disconnect':
        await this.letGo();
        await this.options.afterDisconnect?.();
        setTimeout(() => this.send({ type: 'event', event: 'terminated' }));
        return undefined;
      default:
        return undefined;
    }
  }

  private async attach(pid: unknown): Promise<void> {
    this.told.push(pid);
    await this.options.beforeAttach?.();
    if (this.options.isLazy) return;
    await this.options.actor.ask('trace', Number(pid));
    this.traced = Number(pid);
  }

  async letGo(): Promise<void> {
    const { traced } = this;
    this.traced = undefined;
    if (traced !== undefined) await this.options.actor.ask('untrace', traced);
  }

  private answer({ seq, command }: Request, more: object): void {
    this.send({ type: 'response', request_seq: seq, command, ...more });
  }

  private send(message: object): void {
    this.sent.fire({ seq: 0, ...message });
  }
}
