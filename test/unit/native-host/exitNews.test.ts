import assert from 'node:assert/strict';
import { EPOLLHUP, EPOLLIN } from '../../../native-host/kernel/constants';
import type { ProcEvent } from '../../../native-host/kernel/procEvents';
import { ExitNews } from '../../../native-host/process/exitNews';
import { Targets } from '../../../native-host/process/targets';
import type { PidFd } from '../../../native-host/process/pidFd';
import type {
  ExitStatus,
  Notifications,
  ProcessKey,
  TargetToken,
} from '../../../native-host/protocol';

const pid = 7;

const exit = (exitCode: number, thread = pid): ProcEvent => ({
  ...{ kind: 'exit', thread, pid, exitCode },
});
const reborn: ProcEvent = { kind: 'fork', parentPid: 1, childPid: pid };

class FakeProcess {
  readonly pid = pid;
  readonly key: ProcessKey;
  reaped = false;

  constructor(inode: number) {
    this.key = `${pid}:${inode}` as ProcessKey;
  }

  isReaped(): boolean {
    return this.reaped;
  }
}

/** News as the kernel queues it: delivered when it is asked for. */
function played() {
  const queue: ProcEvent[] = [];
  const news = new ExitNews((onEvent) => ({
    drain: () => queue.splice(0).forEach(onEvent),
    [Symbol.dispose]: () => queue.splice(0),
  }));
  return { queue, news };
}

function told(news: ExitNews, process: FakeProcess): number | null {
  const status = news.ending(process)?.status;
  return status?.kind === 'exited' ? status.code : null;
}

describe('news of exits', () => {
  it('is of the process that is watched', () => {
    const { queue, news } = played();
    const first = new FakeProcess(1);
    news.watch(first);
    queue.push(exit(0, 8), exit(3 << 8));
    assert.equal(told(news, first), 3);
  });

  it("is not its successor's", () => {
    const { queue, news } = played();
    const first = new FakeProcess(1);
    news.watch(first);
    queue.push(exit(3 << 8), reborn, exit(4 << 8));
    assert.equal(told(news, first), 3);
  });

  it("is not its successor's where its own was before anybody listened", () => {
    const { queue, news } = played();
    const [zombie, reaped] = [new FakeProcess(1), new FakeProcess(2)];
    news.watch(zombie);
    reaped.reaped = true;
    news.watch(reaped);
    queue.push(exit(4 << 8));
    assert.equal(told(news, reaped), null);
    queue.push(reborn, exit(5 << 8));
    assert.equal(told(news, zombie), 4, 'what came before the birth is its own');
  });

  it('tells two apart that had one number', () => {
    const { queue, news } = played();
    const [first, second] = [new FakeProcess(1), new FakeProcess(2)];
    news.watch(first);
    queue.push(exit(3 << 8), reborn);
    news.watch(second);
    queue.push(exit(4 << 8));
    assert.deepEqual([told(news, first), told(news, second)], [3, 4]);
  });

  it('is kept when it is watched under another token, and until the last of them', () => {
    const { queue, news } = played();
    const [one, other] = [new FakeProcess(1), new FakeProcess(1)];
    news.watch(one);
    queue.push(exit(3 << 8));
    news.watch(other);
    assert.equal(told(news, other), 3);
    news.unwatch(one);
    assert.equal(told(news, other), 3);
    news.unwatch(other);
    assert.equal(told(news, other), null);
  });

  it('is not believed where news was dropped before, unless the number was its own all the time', () => {
    const { queue, news } = played();
    const [running, dead] = [new FakeProcess(1), new FakeProcess(2)];
    news.watch(running);
    news.watch(dead);
    dead.reaped = true;
    queue.push({ kind: 'lost' }, exit(4 << 8));
    assert.deepEqual([told(news, running), told(news, dead)], [4, null]);
  });

  it('is not believed where news was dropped after', () => {
    const { queue, news } = played();
    const first = new FakeProcess(1);
    news.watch(first);
    queue.push(exit(3 << 8), { kind: 'lost' });
    assert.equal(told(news, first), null);
  });
});

describe('a target that has ended before its threads are announced', () => {
  type Reaped = Notifications['target/reaped'];

  /** Its pidfd tells of the end in the next turn. */
  function ended(process: FakeProcess): PidFd {
    const watch = { rearm: () => undefined, [Symbol.dispose]: () => undefined };
    process.reaped = true;
    return Object.assign(process, {
      watch: (_loop: unknown, _events: number, onEvents: (events: number) => void) => {
        queueMicrotask(() => onEvents(EPOLLIN | EPOLLHUP));
        return watch;
      },
      [Symbol.dispose]: () => undefined,
    }) as unknown as PidFd;
  }

  function targetsWith(exitNews: ExitNews, reaped: (event: Reaped) => void): Targets {
    const events = { exited: () => undefined, reaped };
    const options = { pollHup: true, exitInfo: false, exitNews, capacity: 2, root: null };
    return new Targets(null as never, events, options);
  }

  function hold(targets: Targets, token: string, process: FakeProcess): void {
    targets.hold(token as TargetToken, ended(process));
    targets.watch(token as TargetToken);
  }

  function endOf(process: FakeProcess, exitNews: ExitNews): Promise<ExitStatus> {
    return new Promise((resolve) => {
      hold(
        targetsWith(exitNews, ({ status }) => resolve(status)),
        'one',
        process,
      );
    });
  }

  /** Watched from before its end, under a token of its own. */
  function watched() {
    const { queue, news } = played();
    const process = new FakeProcess(1);
    news.watch(process);
    return { queue, news, process };
  }

  it('is told by the news that comes after', async () => {
    const { queue, news, process } = watched();
    const end = endOf(process, news);
    await Promise.resolve();
    queue.push(exit(3 << 8));
    assert.deepEqual(await end, { kind: 'exited', code: 3 });
  });

  it('is not told by its first thread where another one is announced after', async () => {
    const { queue, news, process } = watched();
    queue.push(exit(0));
    const end = endOf(process, news);
    await Promise.resolve();
    queue.push(exit(3 << 8, 8));
    assert.deepEqual(await end, { kind: 'unknown', reason: 'lost' });
  });

  it('is not told of where it was released meanwhile, nor is who has its token since', async () => {
    const { news } = played();
    const [one, last, next] = [1, 2, 3].map((inode) => new FakeProcess(inode));
    const told: string[] = [];
    let targets: Targets | undefined;
    await new Promise<void>((resolve) => {
      targets = targetsWith(news, ({ token }) => {
        told.push(token);
        if (token === 'last') resolve(); // it waits as long as the other, and from later on
      });
      hold(targets, 'one', one!);
      hold(targets, 'last', last!);
      queueMicrotask(() => {
        targets!.release('one' as TargetToken);
        targets!.hold('one' as TargetToken, ended(next!));
      });
    });
    assert.deepEqual(told, ['last']);
    assert.ok(targets!.holds('one' as TargetToken, next as unknown as PidFd));
  });
});

describe('a target whose news cannot be had', () => {
  it('leaves neither a token nor a descriptor', () => {
    let closed = 0;
    const process = { pid, key: '7:1', [Symbol.dispose]: () => closed++ } as unknown as PidFd;
    const exitNews = {
      watch: () => {
        throw new Error('no descriptors');
      },
    } as unknown as ExitNews;
    const options = { pollHup: true, exitInfo: false, exitNews, capacity: 1, root: null };
    const targets = new Targets(null as never, null as never, options);
    const hold = () => targets.hold('one' as TargetToken, process);
    assert.throws(hold, /no descriptors/);
    assert.throws(hold, /no descriptors/, 'the token is free');
    assert.deepEqual([closed, targets.size], [2, 0]);
  });
});
