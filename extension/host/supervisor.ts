import type {
  Method,
  NotificationName,
  Notifications,
  Params,
  Result,
  TargetToken,
} from '../../native-host/protocol';
import type { Clock } from '../../views/clock';
import { Emitter, type Disposable } from '../../views/emitter';
import type { HostApi, HostState } from '../../views/hostApi';
import { BackOff } from './backOff';
import type { Connection, HostNotification } from './connection';
import { HostStartError, UnsupportedPlatformError } from './hostErrors';
import type { Launched } from './launch';
import { Watchdog } from './watchdog';

/** Held by nobody, so that releasing it is a question that can be answered at any time, whatever else goes on. */
const nobody = 'nobody' as TargetToken;

export interface SupervisorOptions {
  readonly launch: () => Promise<Launched>;
  readonly clock: Clock;
  readonly log: (line: string) => void;
  readonly supported: boolean;
}

/**
 * Keeps one native host: the first request starts it, an unexpected death starts the next one after a pause, five in
 * a row end that. It never sends anything twice: what was on its way when a host died is lost, and said to be.
 */
export class Supervisor implements HostApi {
  private readonly notified = new Emitter<HostNotification>();
  private readonly stateChanged = new Emitter<HostState>();
  private readonly backOff = new BackOff();
  private connection: Connection | undefined;
  /** Of that connection. */
  private watchdog: Watchdog | undefined;
  private starting: Promise<Connection> | undefined;
  /** Counts restarts and the end, so that what was begun before them knows that it is out of date. */
  private epoch = 0;
  private isClosed = false;
  private current: HostState;

  readonly onDidChangeState = this.stateChanged.event;

  constructor(private readonly options: SupervisorOptions) {
    this.current = options.supported ? { kind: 'idle' } : { kind: 'unsupported' };
  }

  get state(): HostState {
    return this.current;
  }

  async request<M extends Method>(method: M, params: Params<M>): Promise<Result<M>> {
    const connection = this.connection ?? (await this.start());
    const asked = connection.request(method, params);
    return this.watchdog?.during(asked) ?? asked;
  }

  onNotification<N extends NotificationName>(
    name: N,
    listener: (payload: Notifications[N]) => void,
  ): Disposable {
    return this.notified.event((notification) => {
      if (notification.name === name) listener(notification.payload as Notifications[N]);
    });
  }

  /** Because a person asked: whatever went wrong before is forgotten. */
  async restart(): Promise<void> {
    if (!this.options.supported) throw new UnsupportedPlatformError();
    this.backOff.reset();
    await this.stop();
    await this.start();
  }

  /** For good: the window closes, and whatever comes late starts nothing any more. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.stop();
  }

  /** The next request starts another one. */
  async stop(): Promise<void> {
    if (!this.options.supported) return;
    this.epoch++;
    const { connection } = this;
    this.connection = undefined;
    this.watchdog?.dispose();
    this.starting = undefined;
    this.setState({ kind: 'idle' });
    await connection?.stop();
  }

  private async start(): Promise<Connection> {
    if (this.current.kind === 'unsupported') throw new UnsupportedPlatformError();
    if (this.current.kind === 'failed') throw this.current.error;
    if (this.isClosed) throw new HostStartError('the window is being closed');
    return (this.starting ??= this.bringUp(this.epoch));
  }

  private async bringUp(epoch: number): Promise<Connection> {
    this.setState({ kind: 'starting' });
    for (;;) {
      await this.pause(this.backOff.delayMs);
      try {
        return await this.adopt(epoch);
      } catch (error) {
        this.checkEpoch(epoch);
        this.options.log(`start failed: ${(error as Error).message}`);
        // Where it never ran, waiting changes nothing; where it did, it may again.
        const hasRun = this.backOff.delayMs > 0;
        this.backOff.died(0);
        if (!hasRun || this.backOff.givenUp) throw this.fail(error as Error);
      }
    }
  }

  private async adopt(epoch: number): Promise<Connection> {
    this.checkEpoch(epoch);
    const { connection, hello } = await this.options.launch();
    if (epoch !== this.epoch) await connection.stop();
    this.checkEpoch(epoch);
    const since = this.options.clock.elapsed();
    connection.onNotification((notification) => {
      if (this.connection === connection) this.notified.fire(notification);
    });
    void connection.ended.then((how) => this.onEnded(connection, how, since));
    this.connection = connection;
    this.watchdog?.dispose();
    this.watchdog = this.watch(connection);
    this.starting = undefined;
    this.setState({ kind: 'ready', hello });
    return connection;
  }

  /** One that is silent is ended; what follows is as after any other end. */
  private watch(connection: Connection): Watchdog {
    const { clock, log } = this.options;
    const ping = () => connection.request('target/release', { token: nobody });
    return new Watchdog(clock, ping, () => {
      log('the native host does not answer any more, and is ended');
      connection.stop().catch((error: unknown) => log(`stop: ${String(error)}`));
    });
  }

  private onEnded(connection: Connection, how: string, since: number): void {
    if (this.connection !== connection) return; // stopped by us
    this.connection = undefined;
    this.watchdog?.dispose();
    this.options.log(`the native host ended: ${how}`);
    this.backOff.died(this.options.clock.elapsed() - since);
    if (this.backOff.givenUp) {
      this.fail(new HostStartError(`it ended several times in a row, last: ${how}`));
      return;
    }
    this.starting = this.bringUp(this.epoch);
    this.starting.catch((error: Error) => this.options.log(error.message)); // the state says it too
  }

  private fail(error: Error): Error {
    this.starting = undefined;
    this.setState({ kind: 'failed', error });
    return error;
  }

  private checkEpoch(epoch: number): void {
    if (epoch !== this.epoch) throw new HostStartError('the native host was restarted or stopped');
  }

  private pause(ms: number): Promise<void> {
    return ms === 0
      ? Promise.resolve()
      : new Promise((resolve) => this.options.clock.after(ms, resolve));
  }

  private setState(state: HostState): void {
    this.current = state;
    this.stateChanged.fire(state);
  }
}
