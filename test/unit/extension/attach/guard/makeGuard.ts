import { Guard, type Conclusion } from '../../../../../extension/attach/guard/guard';
import { Picks } from '../../../../../extension/attach/picks';
import type {
  AttachPreflight,
  AttachReason,
  AttachProof,
  ProcessRow,
  TcpListener,
  Tracer,
} from '../../../../../native-host/protocol';
import { TargetsController } from '../../../../../views/targets/targetsController';
import { FakeClock, settled } from '../../../views/fakeClock';
import { FakeHost, hostError } from '../../../views/fakeHost';
import { row } from '../../../views/rows';

const debuggerRow = row(90, 1, { comm: 'lldb-server' });
export const tracer: Tracer = { row: debuggerRow, isOurs: true };
export const untraced: AttachProof = { hasExited: false, tracer: null };
export const traced: AttachProof = { hasExited: false, tracer };
export const settleMs = 2000;

/** Number 7 may belong to another process one day. */
export const target = row(7, 1, { comm: 'target' });
export const impostor = row(7, 1, { key: '7:666' as ProcessRow['key'], comm: 'impostor' });

export const configuration = (more: object = {}) => ({
  ...{ type: 'lldb-dap', request: 'attach', name: 'A', pid: 7 },
  ...more,
});

/** A world in which the number 7 belongs to `owner`, and what can be seen of each process is in `proofs`. */
export function makeGuard() {
  const host = new FakeHost();
  const clock = new FakeClock();
  const world = {
    owner: target as ProcessRow | undefined,
    proofs: new Map<string, AttachProof>([[target.key, untraced]]),
    isWanted: true,
    makeReady: () => Promise.resolve(),
    reasons: [] as AttachReason[],
    facts: {} as Partial<AttachPreflight['facts']>,
  };
  const gone = () => Promise.reject(hostError('Gone'));
  host.on('processes/find', () => world.owner ?? gone());
  host.on('processes/open', ({ key }) =>
    world.owner?.key === key ? world.owner : (gone() as never),
  );
  host.on('target/hold', ({ key }) =>
    world.proofs.has(key) ? { row: key === target.key ? target : impostor } : (gone() as never),
  );
  host.on('attach/proof', ({ key }) => world.proofs.get(key) ?? gone());
  host.on('attach/preflight', ({ key }) => {
    const proof = world.proofs.get(key);
    if (!proof || world.owner?.key !== key) return gone();
    const traced: AttachReason[] = proof.tracer
      ? [{ kind: 'traced', tid: proof.tracer.row.pid, tracer: proof.tracer }]
      : [];
    const reasons = [...traced, ...world.reasons];
    const verdict = reasons.length > 0 ? 'refused' : 'allowed';
    const shares = { pid: true, mnt: true, net: true, user: true };
    const facts = { shares, gdb: null, ...world.facts } as AttachPreflight['facts'];
    return { row: world.owner, verdict, reasons, asked: 'pidfd', guards: [], facts };
  });
  host.on('attach/traced', () => ({ traced: [] }));
  host.on('translate/numbers', () => ({ row: target, numbers: [], proof: 'pidfd' }));
  const said: string[] = [];
  const mentioned: string[] = [];
  const printed: string[] = [];
  const ends: string[] = [];
  const concluded: Conclusion[] = [];
  const nothing = () => undefined;
  /** Which ports here lead where. */
  const ways = new Map<number, { row: ProcessRow; listener: TcpListener }>();
  const picks = new Picks(host, nothing);
  const targets = new TargetsController(host, clock, nothing);
  const guard = new Guard({
    ...{ host, clock, picks, targets, log: nothing, warn: nothing },
    bridgedAt: (port) => ways.get(port),
    isWanted: () => world.isWanted,
    makeReady: () => world.makeReady(),
    describe: (error) => String(error),
    say: (text) => said.push(text),
    mention: (text) => mentioned.push(text),
    print: (line) => printed.push(line),
  });
  guard.onDidConclude((one) => concluded.push(one));
  const session = (of: object) => ({
    ...{ id: 's', name: 'A', type: 'lldb-dap', configuration: of as never },
    disconnect: () => {
      ends.push('disconnect');
      world.proofs.delete(impostor.key);
      return Promise.resolve();
    },
    stop: () => Promise.resolve(void ends.push('stop')),
  });
  /** From the configuration to the tracker, as VS Code does. */
  const start = async (more: object = {}) => {
    const begun = guard.begin(configuration(more));
    await settled();
    const done = await guard.settle(begun);
    return { done, tracker: done && guard.track(session(done)) };
  };
  const recycle = () => {
    world.owner = impostor;
    world.proofs = new Map([[impostor.key, untraced]]);
  };
  /** The native host tells it to whoever holds it. */
  const tellEnd = () => {
    const holds = host.asked.filter(({ method }) => method === 'target/hold');
    const status = { kind: 'exited', code: 3 } as const;
    for (const { params } of holds) {
      const { token } = params as { token: never };
      host.notify('target/reaped', { token, at: 9, status, source: 'pidfd' });
    }
  };
  const all = { host, clock, world, ways, picks, targets, guard, said, mentioned, printed, ends };
  const verdicts = () => concluded.map(({ verdict }) => verdict.kind);
  return { ...all, concluded, verdicts, session, start, recycle, tellEnd };
}

export const attach = () => ({ type: 'request', seq: 1, command: 'attach', arguments: { pid: 7 } });
export const answer = (success = true): Record<string, unknown> => ({
  ...{ type: 'response', request_seq: 1, command: 'attach', success, message: 'raw' },
});
