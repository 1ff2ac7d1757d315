import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import type { Socket } from 'node:net';
import { inRepository, type Server, startServer, workbenchUrl } from '../support/vscode/server';

/** VS Code's wire protocol: a control message is 13 bytes of header and JSON. */
function controlMessage(content: unknown): Buffer {
  const body = Buffer.from(JSON.stringify(content));
  const header = Buffer.alloc(13);
  header.writeUInt8(2, 0);
  header.writeUInt32BE(body.length, 9);
  return Buffer.concat([header, body]);
}

/** Opens the workbench's connection with a token and gives the type of the server's first answer. */
async function answerTo(server: Server, token: string): Promise<string> {
  const query = 'reconnectionToken=x&reconnection=false&skipWebSocketFrames=true';
  const headers = { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Key': 'eA==' };
  const opening = request(`http://${server.authority}/?${query}`, { headers }).end();
  const [, socket] = (await once(opening, 'upgrade')) as [unknown, Socket];
  socket.write(controlMessage({ type: 'auth', auth: token, data: 'x' }));
  const [answer] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  const { type } = JSON.parse(answer.subarray(13).toString()) as { type: string };
  return type;
}

describe("VS Code's server, which anybody on this machine can reach", () => {
  let server: Server;
  const status = async (where: string | URL, cookie = '') => {
    const answer = await fetch(where, { headers: { cookie }, redirect: 'manual' });
    return answer.status;
  };
  const at = (where: string) => `http://${server.authority}${where}`;

  before(async () => {
    server = await startServer({
      version: 'newest',
      log: inRepository('artifacts/ui/token-server.log'),
    });
  });

  after(() => server?.stop());

  it('trades the token for a cookie, and gives the workbench for it', async () => {
    assert.equal(await status(workbenchUrl(server)), 302);
    assert.equal(await status(at('/'), `vscode-tkn=${server.token}`), 200);
  });

  it('refuses the workbench without the token or with another', async () => {
    assert.equal(await status(at('/')), 403);
    assert.equal(await status(at('/?tkn=another')), 403);
    assert.equal(await status(at('/'), 'vscode-tkn=another'), 403);
  });

  it('refuses files without the token', async () => {
    const commit = await (await fetch(at('/version'))).text();
    const file = at(`/stable-${commit}/static/package.json`);
    assert.equal(await status(file, `vscode-tkn=${server.token}`), 200);
    assert.equal(await status(file), 403);
  });

  it('says without a token only which commit it is', async () => {
    const answer = await (await fetch(at('/version'))).text();
    assert.match(answer, /^[0-9a-f]{40}$/);
  });

  it('refuses the connection to the extension host without the token', async () => {
    assert.equal(await answerTo(server, server.token), 'sign');
    assert.equal(await answerTo(server, 'another'), 'error');
  });
});
