// A native host that plays rows: the pipe, the extension and the workbench are real, the processes are not. For figures
// of the view alone, on machines that do not bear 20,000 processes.
import {
  protocolVersion,
  type InitializeResult,
  type ProcessKey,
  type ProcessUsage,
} from '../../../native-host/protocol';
import { frame, MessageReader } from '../../support/framing';
import { playedRows } from './playedRows';

const hello: InitializeResult = {
  protocolVersion,
  tier: 'handle',
  capabilities: [],
  world: {
    kind: 'host',
    nestedPidNamespace: false,
    kernel: 'played',
    bootId: 'played',
    pidNamespace: null,
    procfs: { source: 'mounted', fault: null },
    pid: 2,
    uid: 0,
    user: 'root',
  },
  maxOpenFiles: 1024,
};

const usage = (key: ProcessKey): ProcessUsage => ({
  key,
  cpu: 0,
  rss: 2 ** 20,
  threads: 1,
  io: { value: { read: 0, written: 0 } },
});

function answer(method: string, params: unknown): unknown {
  switch (method) {
    case 'initialize':
      return hello;
    case 'processes/subscribe':
    case 'processes/list':
      return { rows: playedRows, mode: { kind: 'events' } };
    case 'processes/sample':
      return { usages: (params as { keys: ProcessKey[] }).keys.map(usage) };
    default:
      return null;
  }
}

interface Request {
  readonly id?: number;
  readonly method: string;
  readonly params: unknown;
}

const reader = new MessageReader((message) => {
  const { id, method, params } = message as Request;
  if (id !== undefined)
    process.stdout.write(frame({ jsonrpc: '2.0', id, result: answer(method, params) }));
});
process.stdin.on('data', (chunk: Buffer) => reader.push(chunk));
process.stdin.on('end', () => process.exit(0));
