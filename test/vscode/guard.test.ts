import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Conclusion } from '../../extension/attach/guard/guard';
import type { Shown } from '../../extension/messages';
import type { TestApi } from '../../extension/testApi';
import { Actor } from '../support/actor';
import { eventually } from '../support/eventually';
import { pidReuse } from '../support/pidReuse';
import { procfs } from '../support/procfs';
import { extensionApi, messagesOf, rowOf } from './extensionApi';
import { TracingAdapter, type AdapterOptions } from './tracingAdapter';

interface InlineDebugger {
  bring(type: string, makeAdapter: () => vscode.DebugAdapter): vscode.Disposable;
}

type Options = Partial<Omit<AdapterOptions, 'actor'>>;

const tracerOf = (pid: number) => Number(procfs.status(pid, 'TracerPid')?.[0]);

/** A debugger that really attaches, by ptrace(2), in the real VS Code, to numbers that are recycled at each moment. */
describe('the guard of attach configurations', () => {
  let api: TestApi;
  let inline: InlineDebugger;
  let parent: Actor;
  let debug: Actor;
  const registered: vscode.Disposable[] = [];

  before(async () => {
    api = await extensionApi();
    const extension = vscode.extensions.getExtension<InlineDebugger>(
      'pidfd-explorer-test.inline-debugger',
    );
    assert.ok(extension, 'the test extension is there');
    inline = await extension.activate();
  });

  beforeEach(async () => {
    parent = await Actor.start();
    debug = await parent.fork();
  });

  afterEach(async () => {
    await vscode.debug.stopDebugging();
    for (const one of registered.splice(0)) one.dispose();
    await eventually('no session', () => vscode.debug.activeDebugSession === undefined, 10_000);
    await Actor.endAll();
  });

  function bring(type: string, options: Options = {}): TracingAdapter[] {
    const adapters: TracingAdapter[] = [];
    const make = () => {
      const adapter = new TracingAdapter({ actor: debug, attribute: 'pid', ...options });
      adapters.push(adapter);
      return adapter;
    };
    registered.push(inline.bring(type, make));
    return adapters;
  }

  const configuration = (pid: number, more: object = {}, type = 'lldb-dap') => ({
    ...{ type, request: 'attach', name: 'Guarded', pid },
    ...more,
  });

  const start = (of: vscode.DebugConfiguration) => vscode.debug.startDebugging(undefined, of);

  /** The next one. */
  const conclusion = () =>
    new Promise<Conclusion>((resolve) => {
      const listening = api.guard.onDidConclude((one) => {
        listening.dispose();
        resolve(one);
      });
    });

  /** A child that can be replaced under its number while `action` runs; the impostor must feel nothing that lasts. */
  async function recycling(
    context: Mocha.Context,
    action: (victim: Actor, replace: () => Promise<Actor>) => Promise<void>,
  ): Promise<void> {
    await pidReuse.requireRight(context, parent);
    const victim = await parent.fork();
    let impostor: Actor | undefined;
    await action(victim, async () => {
      const placed = await pidReuse.replace(parent, victim);
      assert.ok(placed, 'nobody else took the number');
      return (impostor = placed);
    });
    assert.ok(impostor, 'it was replaced');
    await eventually('untraced', () => tracerOf(victim.pid) === 0);
    assert.equal(await impostor.askNumber('pid'), impostor.nsPid, 'the impostor goes on');
  }

  const errors = (shown: readonly Shown[]) =>
    shown.filter(({ kind }) => kind === 'error').map(({ text }) => text);

  it('shows that the debugger is on the process, and keeps out of the way', async () => {
    const target = await parent.fork();
    bring('lldb-dap');
    const concluded = conclusion();
    const shown = await messagesOf(api, async () => {
      assert.equal(await start(configuration(target.pid)), true);
      const { verdict, row, spentMs } = await concluded;
      assert.equal(verdict.kind, 'proven');
      assert.equal(verdict.tracer?.row.pid, debug.pid);
      assert.equal(row.pid, target.pid);
      assert.ok(spentMs > 0);
    });
    assert.deepEqual(errors(shown), []);
    const [row] = api.targets.model.all;
    assert.equal(row?.row.pid, target.pid);
    assert.match(row.note ?? '', /^proven, traced by/);
    await vscode.debug.stopDebugging();
    await eventually('let go', () => api.targets.model.all.length === 0);
    assert.equal(tracerOf(target.pid), 0);
    assert.equal(await target.askNumber('pid'), target.pid);
  });

  it('gives the number in the form that the debugger takes', async () => {
    const target = await parent.fork();
    const adapters = bring('lldb-dap');
    await start({ ...configuration(0), pid: String(target.pid) });
    assert.deepEqual(adapters[0]?.told, [target.pid]);
  });

  it('refuses a number that was recycled since it was picked', function () {
    return recycling(this, async (victim, replace) => {
      const adapters = bring('lldb-dap');
      api.picks.add(await rowOf(api, victim.pid));
      await replace();
      const shown = await messagesOf(api, async () => {
        assert.equal(await start(configuration(victim.pid)), false);
      });
      assert.match(errors(shown)[0] ?? '', /has ended, and its number belongs to actor \(pid/);
      assert.deepEqual(adapters, [], 'no debugger was started');
    });
  });

  it('refuses a number that was recycled while tasks ran', function () {
    return recycling(this, async (victim, replace) => {
      const adapters = bring('lldb-dap');
      const task = vscode.debug.registerDebugConfigurationProvider('lldb-dap', {
        // Comes after the preLaunchTask, and before those of all types.
        resolveDebugConfigurationWithSubstitutedVariables: async (_folder, of) => {
          await replace();
          return of;
        },
      });
      registered.push(task);
      const shown = await messagesOf(api, async () => {
        assert.equal(await start(configuration(victim.pid)), false);
      });
      assert.match(errors(shown)[0] ?? '', /has ended, and its number belongs to/);
      assert.deepEqual(adapters, []);
    });
  });

  for (const [way, capabilities] of [
    ['a new adapter', {}],
    ['a request', { supportsRestartRequest: true }],
  ] as const) {
    it(`refuses a number that was recycled before Restart by ${way}`, function () {
      const text = /has ended. Nothing was attached to/;
      return recycling(this, async (victim, replace) => {
        let isReplaced = false;
        const replaceOnce = async () => {
          if (!isReplaced) await replace();
          isReplaced = true;
        };
        const isRequest = 'supportsRestartRequest' in capabilities;
        const adapters = bring('lldb-dap', {
          capabilities,
          ...(isRequest ? {} : { afterDisconnect: replaceOnce }),
        });
        const concluded = conclusion();
        await start(configuration(victim.pid));
        assert.equal((await concluded).verdict.kind, 'proven');
        if (isRequest) {
          await adapters[0]!.letGo();
          await replaceOnce();
          await eventually('known', () => api.targets.model.all[0]?.isFinished);
        }
        const shown = await messagesOf(api, async () => {
          const restart = vscode.commands.executeCommand('workbench.action.debug.restart');
          await Promise.resolve(restart).catch((error: Error) => assert.match(error.message, text));
        });
        assert.match(errors(shown)[0] ?? '', text);
        await eventually('over', () => vscode.debug.activeDebugSession === undefined, 10_000);
        const told = adapters.flatMap((one) => one.told);
        assert.deepEqual(told.slice(1), isRequest ? [] : [2 ** 31 - 1]);
        assert.ok(!adapters.some(({ commands }) => commands.includes('restart')));
      });
    });
  }

  it('tells a debugger to leave that met another process, and leaves that one running', function () {
    return recycling(this, async (victim, replace) => {
      const beforeAttach = async () => void (await replace());
      const adapters = bring('lldb-dap', { beforeAttach });
      const concluded = conclusion();
      const over = new Promise((resolve) => {
        registered.push(vscode.debug.onDidTerminateDebugSession(resolve));
      });
      const shown: Shown[] = [];
      registered.push(api.messages.onDidShow((one) => shown.push(one)));
      await start(configuration(victim.pid));
      const { verdict } = await concluded;
      assert.equal(verdict.kind, 'hit');
      await over;
      await eventually('said', () => errors(shown).length > 0, 10_000);
      assert.match(errors(shown)[0] ?? '', /"Guarded" was meant for actor .* was on actor/);
      assert.equal(adapters[0]?.commands.at(-1), 'disconnect');
    });
  });

  it('does nothing of that where it is switched off', function () {
    return recycling(this, async (victim, replace) => {
      const beforeAttach = async () => void (await replace());
      bring('lldb-dap', { beforeAttach });
      const shown = await messagesOf(api, async () => {
        const isStarted = await start(configuration(victim.pid, { pidfdGuard: false }));
        assert.equal(isStarted, true);
        assert.equal(tracerOf(victim.pid), debug.pid);
        await vscode.debug.stopDebugging();
      });
      assert.deepEqual(errors(shown), []);
    });
  });

  it('does not start a second debugger on a process that is traced', async () => {
    const target = await parent.fork();
    const adapters = bring('lldb-dap');
    await parent.ask('trace', target.pid);
    const shown = await messagesOf(api, async () => {
      assert.equal(await start(configuration(target.pid)), false);
    });
    assert.match(
      errors(shown)[0] ?? '',
      /No debugger can attach to actor .*: actor .* debugs it already/,
    );
    assert.deepEqual(adapters, []);
    await parent.ask('untrace', target.pid);
  });

  it('keeps what cannot be shown, and says that it is not proven', async () => {
    const target = await parent.fork();
    bring('unheard-of', { isLazy: true });
    const concluded = conclusion();
    await start(configuration(target.pid, {}, 'unheard-of'));
    assert.equal((await concluded).verdict.kind, 'unproven');
    assert.match(api.targets.model.all[0]?.note ?? '', /^not proven to be on it; by a number, /);
    assert.ok(vscode.debug.activeDebugSession);
  });
});
