import assert from 'node:assert/strict';
import type { NamespaceId, ProcessDetails, UnknownReason } from '../../../native-host/protocol';
import { namespaceTypes } from '../../../native-host/protocol';
import { detailFacts } from '../../../views/processes/detailFacts';
import { viewDescription, viewMessage, worldText } from '../../../views/processes/viewTexts';
import { hello } from './fakeHost';
import { row } from './rows';

function namespacesOf<T>(value: T) {
  return Object.fromEntries(namespaceTypes.map((type) => [type, value])) as Record<
    (typeof namespaceTypes)[number],
    T
  >;
}

const id = '4026531836' as NamespaceId;
const details: ProcessDetails = {
  row: row(7, 1, { uid: null, user: '?' }),
  args: { value: ['node'] },
  argsCut: false,
  exe: { value: '/usr/bin/node' },
  exeDeleted: true,
  cwd: { unknown: 'permission' },
  namespaces: namespacesOf({ value: id }),
  numbers: {
    value: [
      { namespace: id, nsPid: 4711 },
      { namespace: null, nsPid: 7 },
    ],
  },
  threads: null,
};

function fact(of: ProcessDetails, name: string): string | undefined {
  return detailFacts(of).find((candidate) => candidate.name === name)?.value;
}

describe('detailFacts', () => {
  it('say what is known', () => {
    assert.equal(fact(details, 'Executable'), '/usr/bin/node (deleted or replaced since)');
    assert.equal(fact(details, 'PID in each namespace'), '4711 → 7');
    assert.match(fact(details, 'Namespaces')!, /^cgroup 4026531836, ipc /);
    assert.equal(fact(details, 'Threads'), undefined);
  });

  it('say what is unknown, and why', () => {
    assert.equal(
      fact(details, 'Working directory'),
      'unknown (the kernel does not tell this user)',
    );
    const reason: UnknownReason = 'timeout';
    const late = { ...details, args: { unknown: reason } };
    assert.equal(fact(late, 'Command line'), 'unknown (the answer did not come in time)');
  });

  it('say the reason once when it is the same for all namespaces', () => {
    const reason: UnknownReason = 'permission';
    const hidden = { ...details, namespaces: namespacesOf({ unknown: reason }) };
    assert.equal(fact(hidden, 'Namespaces'), 'unknown (the kernel does not tell this user)');
  });
});

describe('view texts', () => {
  const counts = { matched: 12, total: 240 };
  const filter = { text: 'x', isTooSlow: false };

  it('count what the filter matches', () => {
    assert.equal(viewMessage(hello, filter, counts, undefined), 'Filter "x": 12 of 240 processes');
  });

  it('say that a filter takes too long', () => {
    const message = viewMessage(hello, { ...filter, isTooSlow: true }, counts, undefined);
    assert.equal(message, 'Filter "x" takes too long on these processes: all are shown');
  });

  it('say what cannot be kept', () => {
    const weak = viewMessage({ ...hello, tier: 'startTime' }, undefined, counts, undefined);
    assert.match(weak!, /start time only/);
    assert.match(
      viewMessage({ ...hello, tier: 'none' }, filter, counts, 'broken')!,
      /^broken · .*Read-only/,
    );
  });

  it('say what /proc hides', () => {
    const hidden = { id: 'procfsAll', available: false, error: null };
    const capabilities = [hidden] as typeof hello.capabilities;
    const message = viewMessage({ ...hello, capabilities }, filter, counts, undefined);
    assert.match(message!, /240 processes · .*hidepid/);
  });

  it('say nothing when all is as it should be', () => {
    assert.equal(viewMessage(hello, undefined, counts, undefined), undefined);
    assert.equal(worldText(hello), undefined);
  });

  it('say which world is shown when it is not the whole machine', () => {
    const world = (kind: typeof hello.world.kind) =>
      worldText({ ...hello, world: { ...hello.world, kind } });
    assert.equal(world('container'), 'showing the processes of this container');
    for (const kind of ['wsl', 'flatpak', 'snap'] as const) assert.ok(world(kind));
    assert.ok(worldText({ ...hello, world: { ...hello.world, nestedPidNamespace: true } }));
  });

  it('say how fresh the rows are, and why they are not fresher', () => {
    assert.equal(viewDescription(undefined, undefined), '');
    assert.equal(viewDescription(hello, { kind: 'events' }), 'told by the kernel');
    const scan = { kind: 'scan', shortestMs: 1000, longestMs: 4000 } as const;
    assert.equal(
      viewDescription(hello, { ...scan, reason: 'noNews' }),
      'read every 1 to 4 s because the kernel tells nothing here',
    );
    assert.equal(
      viewDescription(hello, { ...scan, reason: 'silence' }),
      'read every 1 to 4 s because the kernel tells no more',
    );
  });
});
