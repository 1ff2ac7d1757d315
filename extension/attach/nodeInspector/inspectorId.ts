import { get, type IncomingMessage } from 'node:http';
import type { Route } from '../bridged/route';

const answerMs = 2000;
const longest = 64 * 1024;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The UUID by which only this process' inspector can be reached, from its own list. null: no inspector answers. Nothing
 * else of the answer is believed: who listens there may be anybody's program.
 */
export function inspectorId({ options }: Route): Promise<string | null> {
  return new Promise((resolve) => {
    const headers = { Host: '127.0.0.1' }; // it answers no names, against DNS rebinding
    const request = get({
      ...options,
      path: '/json/list',
      headers,
      timeout: answerMs,
      agent: false,
    });
    const giveUp = () => {
      resolve(null);
      request.destroy();
    };
    request.on('timeout', giveUp).on('error', giveUp);
    request.on('response', (response) => {
      void readText(response).then((text) => {
        resolve(text === null ? null : idIn(text));
        request.destroy();
      });
    });
  });
}

async function readText(response: IncomingMessage): Promise<string | null> {
  let text = '';
  try {
    for await (const part of response.setEncoding('utf8')) {
      text += String(part);
      if (text.length > longest) return null;
    }
  } catch {
    return null; // it was cut off, so it is no list
  }
  return text;
}

/** null: it is no list of an inspector. */
export function idIn(text: string): string | null {
  try {
    const list: unknown = JSON.parse(text);
    const ids = Array.isArray(list) ? list.map((one: { id?: unknown } | null) => one?.id) : [];
    return ids.find((id): id is string => typeof id === 'string' && uuid.test(id)) ?? null;
  } catch {
    return null; // not JSON: no inspector
  }
}
