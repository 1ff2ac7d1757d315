// Text and bytes as hostile programs choose them.
import fc from 'fast-check';

/** What means something to somebody on the way to the screen, or to a parser. */
const fragments = [
  ...['\n', '\0', '\r\n', '\t', ' ', '(', ')', ') S 1 (', ' (deleted)', ':', '::', '@', '/', '\\'],
  ...['\x1b[2J', '\x1b]0;title\x07', '\u202e', '\u2066', '\u200b', '\ufeff', '\u2028', '\ud800'],
  ...[
    '$(trash)',
    '${env:HOME}',
    '[a](command:b)',
    '](',
    '<img src=x>',
    '&amp;',
    '`',
    '**',
    '|',
    "'",
    '"',
  ],
  ...['Uid:\t0\t0\t0\t0\n', 'NSpid:\t1\n', 'Pss: 1 kB\n', '0::/', 'pid:[1]', '\\x2d', '__proto__'],
  ...['-1', '0', '00', '4194304', '4194305', '9007199254740993', '1e3', 'NaN', '0x10', '🦉', 'é'],
];

export const hostileText = fc
  .array(fc.oneof(fc.constantFrom(...fragments), fc.string({ unit: 'binary', maxLength: 8 })), {
    maxLength: 12,
  })
  .map((parts) => parts.join(''));

/** Any bytes, or text in UTF-8, whole or cut within a character. */
export const hostileBytes = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc
    .tuple(hostileText, fc.nat(3))
    .map(([text, cut]) =>
      Buffer.from(text).subarray(0, Math.max(0, Buffer.byteLength(text) - cut)),
    ),
);

/** Values of every kind, with names that objects inherit among them. */
export const hostileJson = fc.anything({
  key: fc.oneof(hostileText, fc.constantFrom('__proto__', 'constructor', 'key', 'kind', 'items')),
  values: [
    hostileText,
    fc.integer(),
    fc.double(),
    fc.boolean(),
    fc.constantFrom(null, undefined, 1e308, -0, Number.NaN),
  ],
  maxDepth: 4,
});
