import type { SignalEffect, SignalGuard } from '../../../native-host/protocol';
import type { Settings } from '../../../extension/contributions';
import type { SenderServices } from '../../../extension/commands/signalSender';
import { FakeHost } from '../views/fakeHost';
import { row } from '../views/rows';

/** What commands are made of, for tests without VS Code: answers what it is told to, and keeps what was said. */
export function fakeServices(answers: boolean[] = []) {
  const host = new FakeHost();
  host.on('signal/send', () => ({ outcome: 'sent', members: null }));
  const said = { questions: [], details: [], told: [], reports: [] } as Record<string, string[]>;
  const { questions, details, told, reports } = said as Record<
    'questions' | 'details' | 'told' | 'reports',
    string[]
  >;
  const settings: Partial<Settings> = { 'pidfd.confirmSignals': 'guarded' };
  /** Presses the first button of whatever has one. */
  const press = (text: string, ...buttons: string[]) => {
    told.push(text);
    return Promise.resolve(buttons[0]);
  };
  const messages = {
    confirm: (text: string, detail: string) => {
      questions.push(text);
      details.push(detail);
      return Promise.resolve(answers.shift() ?? false);
    },
    status: (text: string) => void told.push(text),
    info: press,
    warn: press,
    error: press,
  };
  const services = {
    host,
    messages,
    log: { info: () => {}, warn: () => {}, error: () => {} },
    reports: { show: (_name: string, text: string) => Promise.resolve(void reports.push(text)) },
    readSetting: (name: keyof Settings) => settings[name],
  } as unknown as SenderServices;
  const foretell = (effect: SignalEffect, guards: SignalGuard[] = []) =>
    void host.on('signal/preview', () => ({ row: row(1), effect, guards, pending: [] }));
  return { host, services, settings, questions, details, told, reports, foretell };
}
