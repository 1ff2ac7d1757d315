// What a process may call itself, its executable, its folder or its cgroup, and what nobody may make of it.
import assert from 'node:assert/strict';
import type { ProcessRow } from '../../native-host/protocol';
import { row } from './views/rows';

export const hostileTexts: readonly string[] = [
  ...[
    'a\nb\r\n\r\n---\r\nc',
    'tab\tand \x1b[31mred\x1b]0;title\x07',
    '\u009b31mred',
    'a\u2028b\u2029c',
  ],
  ...['\u202egnp.exe\u2066', 'zero\u200bwidth\ufeff\u00ad', 'half\ud800', '\u{e0041}', '\0'],
  ...[
    '**b** _i_ ~~s~~ `c`',
    '# h',
    '| a | b |',
    '1. x',
    '- x',
    '> q',
    '    code',
    ' a ',
    '  ',
    '\\',
    '---',
    '===',
  ],
  ...[
    '```\ncode',
    '~~~',
    '<b>x</b>',
    '<img src=x onerror=alert(1)>',
    '<!-- c',
    '&lt;b&gt; &#36;(x)',
  ],
  ...['[x](command:workbench.action.closeWindow)', '![x](https://example.invalid/y.png)', '[x]: y'],
  ...['https://example.invalid', 'www.example.com', 'a@example.com', '<https://example.invalid>'],
  ...[
    '$(trash) $(sync~spin)',
    '${env:HOME} ${command:x}',
    '{0} {1}',
    '%s%n',
    '__proto__',
    ']',
    '(',
  ],
];

/** All that is said of it is the text. The name on its row is the executable's: that of the kernel is cut. */
export const hostileRow = (text: string, pid = 7): ProcessRow =>
  row(pid, 1, {
    ...{ comm: 'MainThread', exe: `/srv/${text.replaceAll('/', '⧸')}` },
    ...{ args: [text, text], user: text, uid: 7 },
  });

/** Nothing that moves, colours, hides or turns what stands there; line feeds are for ourselves. */
export function assertSeen(text: string, said: string): void {
  assert.doesNotMatch(said.replaceAll('\n\n', ''), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u, text);
}
