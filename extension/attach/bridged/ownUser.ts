import type { Socket } from 'node:net';
import type { ProcessRow, TcpListener } from '../../../native-host/protocol';
import type { HostApi } from '../../../views/hostApi';
import { aboutProcess, describeError } from '../../errors';
import type { Admission } from './gate';
import { bridgedTexts } from './bridgedTexts';

const loopback = '127.0.0.1';
const nothingRead = Buffer.alloc(0);

/** Whom somebody who comes would reach. */
export interface Behind {
  readonly row: ProcessRow;
  /** Where it waits, in its own network. */
  readonly listener: TcpListener;
}

/** What becomes known of those who are cut. */
export interface CutNotes {
  /** To whoever came: it was this user. */
  readonly say: (text: string) => void;
  /** Of others. */
  readonly warn: (line: string) => void;
}

/**
 * For debuggers that know no secret: lets in this user alone, as the kernel says of the very connection, and only while
 * the process is behind its port. Root can do this user's work, and needs no gate for that.
 */
export function ownUser(host: HostApi, behind: Behind, notes: CutNotes): Admission {
  return async (near) => {
    const { row, listener } = behind;
    try {
      if (!(await isOwn(host, near)))
        return cut(notes.warn, bridgedTexts.stranger(row, listener.port));
      if (await aboutProcess(row, () => isBehind(host, behind))) return nothingRead;
      return cut(notes.say, bridgedTexts.notServed(row, listener.port));
    } catch (error) {
      return cut(notes.say, describeError(error).text);
    }
  };
}

function cut(tell: (text: string) => void, text: string): null {
  tell(text);
  return null;
}

/** What cannot be told is not our own. */
async function isOwn(
  host: HostApi,
  { remoteAddress, remotePort: peer, localPort: port }: Socket,
): Promise<boolean> {
  if (remoteAddress !== loopback || peer === undefined || port === undefined) return false;
  return (await host.request('sockets/sameUser', { port, peer })).isSame === true;
}

/** It waits there itself, or its helper does: nobody else has the port by now. */
async function isBehind(host: HostApi, { row, listener }: Behind): Promise<boolean> {
  const { address, port } = listener;
  const { at } = await host.request('sockets/served', { port, key: row.key });
  return at?.address === address && at.port === port;
}
