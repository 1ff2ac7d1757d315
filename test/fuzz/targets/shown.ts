// What is shown: nothing invisible, nothing that VS Code would render or run.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { commandLine } from '../../../views/commandLine';
import {
  configurationText,
  markdownText,
  messageText,
  quickPickText,
  visible,
} from '../../../views/escape';
import { hostileText } from '../hostile';
import type { Target } from '../target';

/** The reference: character by character, by ranges of the Unicode standard that hide or reorder. */
function isHidden(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  const isControl = code < 0x20 || (code >= 0x7f && code <= 0x9f);
  const reorders = (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
  const hides = [0xad, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x2028, 0x2029, 0xfeff].includes(
    code,
  );
  return isControl || reorders || hides || (code >= 0xd800 && code <= 0xdfff);
}

const seen = fc.property(hostileText, (text) => {
  const shown = visible(text);
  assert.ok(![...shown].some(isHidden));
  if (![...text].some((one) => isHidden(one) || /\p{C}|\p{Z}/u.test(one)))
    assert.equal(shown, text);
});

const message = fc.property(hostileText, (text) => {
  assert.doesNotMatch(messageText(text), /\]\(/);
  assert.doesNotMatch(quickPickText(text), /(?<!\\)\$\(/);
  assert.doesNotMatch(configurationText(text), /\$\{/);
});

/** Every character that Markdown, HTML or codicons give a meaning stands behind a backslash of its own. No blank is at an end. */
const markdown = fc.property(hostileText, (text) => {
  const escaped = markdownText(text);
  const inside = escaped.replace(/^(?:&nbsp;)+/, '').replace(/(?:&nbsp;)+$/, '');
  assert.match(inside, /^(?:\\[!-/:-@[-`{-~]|[^\\`*_{}[\]()#+\-.!~|<>&$:])*$/su);
  assert.doesNotMatch(inside, /^ | $/);
});

/** What no program can have: a NUL within an argument, half a character. */
const argument = hostileText.map((text) => Buffer.from(text.replaceAll('\0', '')).toString());

/** The reference is a shell, which starts once for many. */
const command = fc.property(fc.array(argument, { minLength: 1, maxLength: 40 }), (args) => {
  const script = `printf '%s\\0' ${commandLine(args)}`;
  const env = { PATH: process.env.PATH }; // what BASH_ENV names would be run first, each time
  const { stdout, error } = spawnSync('bash', ['-c', script], { env, timeout: 25_000 });
  assert.equal(error, undefined, 'the shell ran');
  assert.deepEqual(stdout.toString().split('\0').slice(0, -1), args);
});

export const shownTargets: readonly Target[] = [
  { name: 'visible text', property: () => seen },
  { name: 'messages, quick picks, configurations', property: () => message },
  { name: 'markdown', property: () => markdown },
  { name: 'command lines', cost: 50, property: () => command },
];
