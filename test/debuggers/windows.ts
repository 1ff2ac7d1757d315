import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { eventually } from '../support/eventually';
import { debuggersApi } from './debuggersApi';
import type { Sessions } from './sessions';
import type { Successor } from './successor';

/** A moment between the choice of a process and the debugger's attach, at which its number becomes another's. */
export interface Window {
  readonly name: string;
  /** The debuggers that have it. */
  readonly types: readonly [string, ...string[]];
  /** Before a debugger's own extension sees the number. */
  readonly isBeforeResolved?: true;
  /** Nobody can look between this moment and the attach: it can only be found out, and undone. */
  readonly isTooLate?: true;
  /** Has the session begin and the number change hands. Gives whether a session was on whoever had the number then. */
  readonly run: (trial: Trial) => Promise<boolean>;
}

export interface Trial {
  readonly successor: Successor;
  readonly sessions: Sessions;
  /** As launch.json has it: the number comes from a command. */
  readonly configuration: vscode.DebugConfiguration;
}

const commandId = 'pidfdTests.succeed';
const taskType = 'pidfd-tests';

/** A task that does one thing, in VS Code's own terminal. */
function taskOf(work: () => Promise<unknown>): vscode.Task {
  const execution = new vscode.CustomExecution(() => {
    const closed = new vscode.EventEmitter<number>();
    return Promise.resolve({
      onDidWrite: new vscode.EventEmitter<string>().event,
      onDidClose: closed.event,
      open: () => void work().then(() => closed.fire(0)),
      close: () => undefined,
    });
  });
  const scope = vscode.TaskScope.Workspace;
  return new vscode.Task({ type: taskType }, scope, 'succeed', taskType, execution, []);
}

async function during<T>(part: vscode.Disposable, work: () => PromiseLike<T>): Promise<T> {
  try {
    return await work();
  } finally {
    part.dispose();
  }
}

const tracers = ['lldb-dap', 'gdb', 'go'] as const;
/** Node is attached to by the address of its inspector, which is known before anything else happens. */
const all = [...tracers, 'node'] as const;

const whileResolved: Window = {
  name: 'while the next variable of the configuration is resolved',
  types: all,
  isBeforeResolved: true,
  run: ({ successor, sessions, configuration }) => {
    const command = vscode.commands.registerCommand(commandId, async () => {
      await successor.succeed();
      return 'done';
    });
    const late = { ...configuration, then: `\${command:${commandId}}` };
    return during(command, () => sessions.start(late));
  },
};

const inTask: Window = {
  name: 'in preLaunchTask',
  types: all,
  isBeforeResolved: true,
  run: ({ successor, sessions, configuration }) => {
    const task = taskOf(() => successor.succeed());
    const provider = vscode.tasks.registerTaskProvider(taskType, {
      provideTasks: () => [task],
      resolveTask: () => task,
    });
    const late = { ...configuration, preLaunchTask: `${taskType}: succeed` };
    return during(provider, () => sessions.start(late));
  },
};

const beforeAttach: Window = {
  name: 'while the debugger starts',
  types: tracers,
  run: async ({ successor, sessions, configuration }) => {
    const api = await debuggersApi();
    api.beforeAdapter = () => successor.succeed();
    return during({ dispose: () => (api.beforeAdapter = undefined) }, () =>
      sessions.start(configuration),
    );
  },
};

const beforeRestart: Window = {
  name: 'before Restart',
  types: ['gdb', 'go'], // lldb-dap refuses to restart what it was attached to
  run: async ({ successor, sessions, configuration }) => {
    const api = await debuggersApi();
    if (!(await sessions.start(configuration))) throw new Error('it was not attached at first');
    api.beforeAdapter = () => successor.succeed();
    return during({ dispose: () => (api.beforeAdapter = undefined) }, async () => {
      await sessions.restart();
      return sessions.restarted();
    });
  },
};

/** lldb-dap runs commands of the user's between the request and its ptrace: this one says that it runs, and waits. */
function waitingCommand(folder: string): string {
  const script = join(folder, 'wait.sh');
  writeFileSync(script, `touch ${folder}/asked; until [ -e ${folder}/go ]; do sleep 0.01; done`);
  return `platform shell -t 30 -- sh ${script}`;
}

const afterRequest: Window = {
  name: 'after the debugger was told to attach',
  types: ['lldb-dap'],
  isTooLate: true,
  run: async ({ successor, sessions, configuration }) => {
    const folder = mkdtempSync(join(tmpdir(), 'pidfd-window-'));
    try {
      const preRunCommands = [waitingCommand(folder)];
      const started = sessions.start({ ...configuration, preRunCommands });
      await eventually('it is told', () => existsSync(join(folder, 'asked')), 20_000);
      await successor.succeed();
      writeFileSync(join(folder, 'go'), '');
      return await started;
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

/** In the order in which they come. */
export const windows: readonly Window[] = [
  whileResolved,
  inTask,
  beforeAttach,
  afterRequest,
  beforeRestart,
];
