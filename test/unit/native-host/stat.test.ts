import assert from 'node:assert/strict';
import { parseStat } from '../../../native-host/procfs/stat';

/** A line as proc_pid_stat(5) has it, fields 3 and up overridable by number. */
function line(comm: string, fields: Record<number, string> = {}): Buffer {
  const rest = Array.from({ length: 50 }, (_, index) => fields[index + 3] ?? '0');
  return Buffer.from(`4711 (${comm}) ${rest.join(' ')}\n`, 'latin1');
}

describe('parseStat', () => {
  it('reads the fields by their numbers', () => {
    const fields = {
      3: 'S',
      4: '17',
      5: '16',
      6: '15',
      7: '34816',
      8: '-1',
      14: '250',
      15: '31',
      20: '3',
      22: '98765432109876',
      24: '1234',
      26: '4096',
      28: '140',
      52: '9',
    };
    assert.deepEqual(parseStat(line('bash', fields)), {
      pid: 4711,
      comm: 'bash',
      state: 'S',
      ppid: 17,
      group: 16,
      session: 15,
      terminal: 34816,
      foregroundGroup: -1,
      kernelThread: false,
      cpuTicks: 281,
      threads: 3,
      startTicks: '98765432109876',
      residentPages: 1234,
      startCode: '4096',
      startStack: '140',
      exitCode: 9,
    });
  });

  for (const comm of ['a) R 1 (b', ')', '(', ') (', 'a\nb', '', 'tab\there', ') Z 1 2 3 4 5']) {
    it(`takes ${JSON.stringify(comm)} for a name and nothing else`, () => {
      const stat = parseStat(line(comm, { 3: 'S', 4: '17', 20: '1' }));
      assert.equal(stat?.comm, comm);
      assert.equal(stat.state, 'S');
      assert.equal(stat.ppid, 17);
    });
  }

  it('replaces bytes of a name that are no UTF-8', () => {
    assert.equal(parseStat(line('\xff\xfe'))?.comm, '\ufffd\ufffd');
  });

  it('knows a kernel thread by its flag', () => {
    assert.equal(parseStat(line('kthreadd', { 9: String(0x00208040) }))?.kernelThread, true);
  });

  it('leaves out what a kernel worker happens to do', () => {
    const named = (comm: string, flags = '2097152') => parseStat(line(comm, { 9: flags }))?.comm;
    assert.equal(named('kworker/0:1-events_freezable'), 'kworker/0:1');
    assert.equal(named('kworker/u8:3+flush-254:0'), 'kworker/u8:3');
    assert.equal(named('kworker/1:0H-kblockd'), 'kworker/1:0H');
    assert.equal(named('kworker/R-rcu_gp'), 'kworker/R-rcu_gp');
    assert.equal(named('kworker/0:1-mine', '0'), 'kworker/0:1-mine', 'no kernel thread');
  });

  it('does not take a leader that exited early for a zombie', () => {
    assert.equal(parseStat(line('x', { 3: 'Z', 20: '2' }))?.state, '?');
    assert.equal(parseStat(line('x', { 3: 'Z', 20: '1' }))?.state, 'Z');
  });

  it('says "unknown" of a state that it has never heard of', () => {
    assert.equal(parseStat(line('x', { 3: 'q' }))?.state, '?');
  });

  for (const text of ['', '1', '1 (', '1 (a', '1 (a)', '1 (a) S 1', 'no line at all', '()))']) {
    it(`refuses ${JSON.stringify(text)}`, () => assert.equal(parseStat(Buffer.from(text)), null));
  }
});
