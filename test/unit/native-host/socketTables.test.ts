import assert from 'node:assert/strict';
import { parseConnections, parseListeners } from '../../../native-host/sockets/tcpTable';
import { parseUnixListeners } from '../../../native-host/sockets/unixTable';

const head = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt ...\n';
const rest = '00000000:00000000 00:00000000 00000000';
const tcp = (at: number, address: string, state: string, inode: number) =>
  `   ${at}: ${address} 00000000:0000 ${state} ${rest}     0        0 ${inode} 1 00000000 100 0\n`;

describe('/proc/PID/net/tcp', () => {
  it('is read as addresses, ports and inodes', () => {
    const text = head + tcp(0, '0100007F:240D', '0A', 123) + tcp(1, '00000000:0016', '0A', 4);
    const { listeners, isWhole } = parseListeners(text);
    assert.deepEqual(Object.fromEntries(listeners), {
      123: { address: '127.0.0.1', port: 9229 },
      4: { address: '0.0.0.0', port: 22 },
    });
    assert.equal(isWhole, false);
  });

  it('is read up to the first connection', () => {
    const text = head + tcp(0, '0100007F:240D', '0A', 123) + tcp(1, '0100007F:0016', '01', 4);
    const { listeners, isWhole } = parseListeners(text);
    assert.deepEqual([[...listeners.keys()], isWhole], [['123'], true]);
  });

  it('is read as both ends of what is connected', () => {
    const connected = tcp(1, '0100007F:0016', '01', 4).replace('00000000:0000', '0200007F:0050');
    const text = head + tcp(0, '0100007F:240D', '0A', 123) + connected + tcp(2, '0:1', '01', 5);
    assert.deepEqual(Object.fromEntries(parseConnections(text)), {
      4: {
        local: { address: '127.0.0.1', port: 22 },
        remote: { address: '127.0.0.2', port: 80 },
        uid: 0,
      },
    });
  });

  it('has the addresses of IPv6 in words of the machine', () => {
    const addresses = {
      '00000000000000000000000001000000': '::1',
      '00000000000000000000000000000000': '::',
      B80D0120000000000000000001000000: '2001:db8::1',
      '0000000000000000FFFF00000100007F': '::ffff:127.0.0.1',
    };
    for (const [hex, address] of Object.entries(addresses)) {
      const text = head + tcp(0, `${hex}:0050`, '0A', 1);
      assert.deepEqual([...parseListeners(text).listeners.values()], [{ address, port: 80 }]);
    }
  });

  it('takes no line that is cut for a whole one', () => {
    const line = tcp(0, '0100007F:240D', '0A', 123456);
    const cut = head + line.slice(0, line.indexOf('123456') + 3);
    assert.equal(parseListeners(cut).listeners.size, 0);
  });
});

describe('/proc/PID/net/unix', () => {
  const unix = (inode: number, path: string, flags = '00010000') =>
    `0000000000000000: 00000002 00000000 ${flags} 0001 01 ${inode} ${path}\n`;

  it('is read as the paths of those that accept', () => {
    const text = unix(1, '/run/a b') + unix(2, '@abstract') + unix(3, '/run/c', '00000000');
    assert.deepEqual(Object.fromEntries(parseUnixListeners(text)), {
      1: '/run/a b',
      2: '@abstract',
    });
  });

  it('believes nobody who speaks of the socket of another', () => {
    const forged = unix(1, '/tmp/evil').trimEnd();
    const text = unix(1, '/run/true') + unix(9, `/tmp/x\n${forged}`);
    assert.deepEqual(Object.fromEntries(parseUnixListeners(text)), { 9: '/tmp/x' });
    const strange = unix(1, '/run/\u2028true\r') + unix(9, `/tmp/x\n${forged}`);
    assert.deepEqual(Object.fromEntries(parseUnixListeners(strange)), { 9: '/tmp/x' });
  });
});
