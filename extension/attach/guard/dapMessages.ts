/** What the Debug Adapter Protocol says of attaching; each function takes any message and knows its own. */

interface Message {
  readonly type?: unknown;
  readonly seq?: unknown;
  command?: unknown;
  arguments?: unknown;
  readonly request_seq?: unknown;
  success?: unknown;
  message?: unknown;
  body?: unknown;
  readonly event?: unknown;
}

const asMessage = (message: unknown): Message => message ?? {};

const asObject = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;

/** A request to attach, for the first time or again. */
export interface AttachRequest {
  readonly kind: 'attach' | 'restart';
  readonly seq: unknown;
}

export function attachRequest(message: unknown): AttachRequest | undefined {
  const { type, command, seq } = asMessage(message);
  if (type !== 'request' || (command !== 'attach' && command !== 'restart')) return undefined;
  return { kind: command, seq };
}

/** Some attach only when they are told that all is set, or have answered it. */
export function isConfigurationDone(message: unknown): boolean {
  const { type, command } = asMessage(message);
  return (type === 'request' || type === 'response') && command === 'configurationDone';
}

export function isAnswerTo(request: AttachRequest, message: unknown): boolean {
  const { type, request_seq } = asMessage(message);
  return type === 'response' && request_seq === request.seq;
}

export const hasSucceeded = (message: unknown): boolean => asMessage(message).success === true;

/** Of a `process` event: the number that the debugger says it is on, as the process or the debugger sees it. */
export function numberTold(message: unknown): number | undefined {
  const { type, event, body } = asMessage(message);
  if (type !== 'event' || event !== 'process') return undefined;
  const { systemProcessId, isLocalProcess } = asObject(body) ?? {};
  if (isLocalProcess === false || !Number.isInteger(systemProcessId)) return undefined;
  return Number(systemProcessId) > 0 ? Number(systemProcessId) : undefined;
}

/** Above PID_MAX_LIMIT: every debugger takes it for a number, and no kernel gives it to anybody. */
export const nobodysNumber = 2 ** 31 - 1;

/**
 * Changes a request to attach by a number into one that can reach nobody. VS Code documents that trackers see messages,
 * not that they may change them; the very object goes to the adapter next (Extension API, DebugAdapterTracker), and all
 * that is lost where that ends to be so is the moment until the session is ended all the same. A restart, which takes
 * its number from before, and an attach without one become a request to leave.
 */
export function neutralise(message: unknown, attribute: string | undefined): void {
  const request = asMessage(message);
  const args = asObject(request.arguments);
  const value = attribute === undefined ? undefined : args?.[attribute];
  if (request.command === 'attach' && args && attribute !== undefined && value !== undefined) {
    args[attribute] = typeof value === 'number' ? nobodysNumber : String(nobodysNumber);
    return;
  }
  becomeLeave(message);
}

/** Whatever was asked: the debugger is told to leave, and to end nobody. */
export function becomeLeave(message: unknown): void {
  const request = asMessage(message);
  request.command = 'disconnect';
  request.arguments = { restart: false, terminateDebuggee: false };
}

/** Turns a request that would end what is debugged into one that leaves it. True: it was such a request. */
export function spareDebuggee(message: unknown): boolean {
  const request = asMessage(message);
  const { terminateDebuggee } = asObject(request.arguments) ?? {};
  const ends = request.command === 'terminate' || terminateDebuggee === true;
  if (request.type !== 'request' || !ends) return false;
  request.command = 'disconnect';
  request.arguments = { ...asObject(request.arguments), terminateDebuggee: false };
  return true;
}

/** What VS Code gets instead of the debugger's own words. It shows nothing by itself: whoever does this says it. */
export function makeFailure(message: unknown, text: string): void {
  const response = asMessage(message);
  response.success = false;
  response.message = text;
  response.body = { error: { id: 1, format: text.replaceAll('{', '('), showUser: false } };
}
