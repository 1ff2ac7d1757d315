// What is stored beside an action does not end it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { DebuggerChoice } from '../../../extension/attach/attaching/debuggerChoice';
import type { InstalledDebugger } from '../../../extension/attach/attaching/installedDebuggers';
import { InputHistory } from '../../../extension/attach/inputHistory';
import { HeldNotes } from '../../../extension/attach/next/heldNotes';
import { RecentPrograms } from '../../../extension/attach/picking/recentPrograms';
import { InterruptedStops } from '../../../extension/stopping/interruptedStops';
import { stopTree } from '../../../extension/stopping/treeStop';
import { LoggingMemory } from '../../../views/memory';
import { FakeHost } from '../views/fakeHost';
import { row } from '../views/rows';
import { FullMemory } from './fakeMemory';

describe('on a full disk', () => {
  let logged: string[];
  let memory: LoggingMemory;

  beforeEach(() => {
    logged = [];
    memory = new LoggingMemory(new FullMemory(), (line) => void logged.push(line));
  });

  const wasSaid = (key: string, times = 1) => {
    const line = `${key} could not be stored: Error: disk full`;
    assert.deepEqual(logged, Array<string>(times).fill(line));
  };

  it('a tree is stopped all the same', async () => {
    const host = new FakeHost();
    const report = { members: [], mayHaveEscaped: false, cancelled: false };
    host.on('tree/stop', () => report);
    const services = { host, log: { error: () => {} }, interrupted: new InterruptedStops(memory) };
    const show = () => ({ report: () => {}, done: () => {} });
    const steps = [{ signal: 15, waitMs: 0 }];
    assert.equal(await stopTree(services as never, show, row(10), steps), report);
    wasSaid('stops.running', 2);
  });

  it('what is attached to, chosen and typed is forgotten, and no more', async () => {
    await new RecentPrograms(memory).note(row(1));
    wasSaid('attach.recent');
    const chosen = { debugger: { type: 'lldb', extension: 'x' } } as unknown as InstalledDebugger;
    await new DebuggerChoice(memory).remember('native', chosen);
    await new InputHistory(memory, 'typed').note('x');
    assert.equal(logged.length, 3);
  });

  it('a process that is held for a debugger gets it', async () => {
    const notes = new HeldNotes(memory);
    assert.equal(await notes.during(row(1), () => Promise.resolve('attached')), 'attached');
    wasSaid('attach.held', 2);
  });

  it('nobody has the memory of a workspace that would reject', () => {
    const source = readFileSync('extension/extension.ts', 'utf8');
    const given = [...source.matchAll(/^.*context\.workspaceState.*$/gm)].map(([line]) =>
      line.trim(),
    );
    assert.deepEqual(given, ['const memory = new LoggingMemory(context.workspaceState, warn);']);
  });
});
