import assert from 'node:assert/strict';
import { commandLine, shownCommandLine } from '../../../views/commandLine';
import {
  configurationText,
  markdownText,
  messageText,
  quickPickText,
  visible,
} from '../../../views/escape';
import { duration, timestamp } from '../../../views/format';
import { argumentText, descriptionText, namedProcess, processName } from '../../../views/rowText';
import { endsProcess, signalMeaning, signalName, signals } from '../../../views/signals';
import { row } from './rows';

describe('visible', () => {
  it('leaves ordinary text alone', () => {
    assert.equal(visible('node – größer 進程 🚀'), 'node – größer 進程 🚀');
  });

  it('makes one line of it', () => {
    assert.equal(visible('a\nb\tc\rd\u2028e'), 'a\\nb\\tc\\rd⟨U+2028⟩e');
  });

  it('shows what turns or hides text', () => {
    assert.equal(visible('a\u202Eb\u200Bc\u0085'), 'a⟨U+202E⟩b⟨U+200B⟩c⟨U+0085⟩');
    assert.equal(visible('\x1b[31m\0'), '\\e[31m\\0');
    assert.equal(visible('\u{E0041}\uD800'), '⟨U+E0041⟩⟨U+D800⟩');
  });
});

describe('escaping for one place', () => {
  it('makes no links in messages', () => {
    assert.equal(messageText('[x](command:y)'), '[x] (command:y)');
  });

  it('makes no icons in quick picks', () => {
    assert.equal(quickPickText('$(zap)'), '\\$(zap)');
    assert.equal(configurationText('${command:x}\n'), '$ {command:x}\\n');
  });

  it('makes no markup in Markdown', () => {
    assert.equal(markdownText('<b>|`*$(zap)\n'), '\\<b\\>\\|\\`\\*\\$\\(zap\\)\\\\n');
    assert.equal(markdownText('  a b '), '&nbsp;&nbsp;a b&nbsp;');
  });
});

describe('commandLine', () => {
  it('quotes what a shell would take apart', () => {
    assert.equal(commandLine(['node', 'a b', "it's", '', '$x']), "node 'a b' 'it'\\''s' '' '$x'");
  });

  it('has no control that a terminal would obey', () => {
    assert.equal(commandLine(["a\nb\x1b'\\"]), "$'a\\x0ab\\x1b\\'\\\\'");
  });

  it('shows every character', () => {
    assert.equal(shownCommandLine(['a\u202Eb']), "'a⟨U+202E⟩b'");
  });
});

describe('row texts', () => {
  it('name the program where the kernel cut its name or a runtime named its thread', () => {
    const long = { comm: 'systemd-journal', exe: '/usr/lib/systemd/systemd-journald' };
    assert.equal(processName(row(1, null, long)), 'systemd-journald');
    assert.equal(processName(row(1, null, { comm: 'MainThread', exe: '/usr/bin/node' })), 'node');
    assert.equal(processName(row(1, null, { comm: 'node-MainThread', exe: '/a/node' })), 'node');
    assert.equal(processName(row(1, null, { comm: '(sd-pam)', exe: '/lib/systemd' })), '(sd-pam)');
    assert.equal(processName(row(1, null, { comm: '' })), '(no name)');
  });

  it('name a process so that no message makes a link of it', () => {
    assert.equal(namedProcess(row(7, null, { comm: '[a](b)' })), '[a] (b) (pid 7)');
  });

  it('say pid, state, another user and arguments', () => {
    const process = row(7, null, { state: 'T', uid: 0, user: 'root', args: ['x', '--a', 'b c'] });
    assert.equal(descriptionText(process, 1000, false), "7 · stopped · root · --a 'b c'");
    assert.equal(descriptionText(process, 0, true), "7 · ended · --a 'b c'");
    assert.equal(descriptionText(row(8), 1000, false), '8');
  });

  it('cut long arguments', () => {
    assert.equal(argumentText(row(1, null, { args: ['x', 'a'.repeat(500)] })).length, 81);
  });
});

describe('times', () => {
  it('say lengths in their largest units', () => {
    const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];
    const short = [-5, 999, 1000, 59_999, minute, 90_000, hour - 1].map(duration);
    assert.deepEqual(short, [
      '0 ms',
      '999 ms',
      '1 s',
      '59 s',
      '1 min',
      '1 min 30 s',
      '59 min 59 s',
    ]);
    const long = [hour, 2 * hour + minute, 3 * day, 3 * day + hour - 1, 3 * day + hour].map(
      duration,
    );
    assert.deepEqual(long, ['1 h', '2 h 1 min', '3 d', '3 d', '3 d 1 h']);
  });

  it('say the date when it is another day', () => {
    const at = new Date(2026, 0, 2, 3, 4, 5).getTime();
    assert.equal(timestamp(at, at + 1000), '03:04:05');
    assert.equal(timestamp(at, at + 86_400_000), '2026-01-02 03:04:05');
  });
});

describe('signals', () => {
  it('are 64, each with a name and a meaning', () => {
    assert.equal(signals.length, 64);
    for (const signal of signals) assert.ok(signalMeaning(signal), signal.name);
    assert.equal(new Set(signals.map(({ name }) => name)).size, 64);
  });

  it('have the numbers that the kernel gives them', () => {
    const known = { 1: 'SIGHUP', 9: 'SIGKILL', 11: 'SIGSEGV', 15: 'SIGTERM', 18: 'SIGCONT' };
    const others = { 19: 'SIGSTOP', 31: 'SIGSYS', 32: 'SIG32', 34: 'SIGRTMIN', 64: 'SIGRTMAX' };
    for (const [number, name] of Object.entries({ ...known, ...others })) {
      assert.equal(signalName(Number(number)), name);
    }
    assert.equal(signalName(35), 'SIGRTMIN+1');
    assert.equal(signalName(63), 'SIGRTMAX-1');
  });

  it('are asked about when they are meant to end a process', () => {
    for (const number of [2, 3, 6, 9, 11, 15]) assert.equal(endsProcess(number), true);
    for (const number of [1, 10, 12, 17, 18, 19, 28, 34, 64]) {
      assert.equal(endsProcess(number), false);
    }
  });
});
