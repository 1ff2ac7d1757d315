// Notifications and questions: VS Code makes links of `[text](address)` in them, and nothing else of any text.
import assert from 'node:assert/strict';
import { bridgedTexts } from '../../../extension/attach/bridged/bridgedTexts';
import * as guard from '../../../extension/attach/guard/guardTexts';
import { notFollowedText, waitingText } from '../../../extension/attach/next/nextTexts';
import { readWaitFor } from '../../../extension/attach/next/waitFor';
import { inspectorRefusals } from '../../../extension/attach/nodeInspector/inspectorTexts';
import { readPickFilter } from '../../../extension/attach/picking/pickFilter';
import { describeError, NothingDone, ProcessError } from '../../../extension/errors';
import {
  changedQuestion,
  question,
  questionDetail,
} from '../../../extension/signals/signalQuestion';
import { outcomeSummary } from '../../../extension/signals/outcomes';
import { treeQuestion } from '../../../extension/stopping/treeTexts';
import { waitEndText } from '../../../extension/waits/waitTexts';
import { errorCodes, type ErrorKind, type TargetToken } from '../../../native-host/protocol';
import { Target } from '../../../views/targets/model';
import { assertSeen, hostileRow, hostileTexts } from '../hostileTexts';
import { hostError } from '../views/fakeHost';

const order = { signal: 15 };

function errors(text: string): readonly string[] {
  const row = hostileRow(text);
  const kinds = Object.keys(errorCodes) as ErrorKind[];
  const failed = kinds.map((kind) => hostError(kind, { row, cause: text }));
  const all = [...failed, ...failed.map((one) => new ProcessError(row, one)), new Error(text)];
  return all.map((error) => describeError(error).text);
}

function refusals(text: string): readonly string[] {
  const [row, other] = [hostileRow(text), hostileRow(text, 8)];
  const hit = { kind: 'hit', impostor: other, isInjected: true } as const;
  const { ended, notCaught, unreadable, stopped, portTaken, swallowed } = inspectorRefusals;
  const { stranger, notServed, unknown, notKept, lost } = bridgedTexts;
  return [
    ...[guard.endedText(row, other), guard.goneText(text), guard.programText(row, other)],
    ...[guard.elsewhereText(row), guard.spoilsText(row, text), guard.insideText(row, 1)],
    ...[guard.otherNumberText(row, 1), guard.stuckText(text, row), guard.unguardedText(text, text)],
    guard.hitText(text, row, hit),
    ...[stranger, notServed, unknown, notKept].map((one) => one(row, 1)),
    lost(row),
    ...[ended, notCaught, unreadable, stopped, swallowed].map((one) => one(row).message),
    portTaken(row, 1, other).message,
  ];
}

function starts(text: string): readonly string[] {
  const { text: why } = describeError(new NothingDone(text));
  return [
    waitingText({ kind: 'name', name: text }),
    waitingText({ kind: 'executable', path: `/srv/${text}` }),
    waitingText({ kind: 'regex', source: text }),
    notFollowedText(text, why),
  ];
}

/** What stands in launch.json may be anybody's. */
function wrongArguments(text: string): readonly string[] {
  const line = text.replace(/\s/g, ' '); // else it is no regular expression, and nothing is wrong
  const given = [
    () => readWaitFor(`/**${line}/`),
    () => readPickFilter({ [text]: text }, 'filter'),
    () => readPickFilter(`**${text}`, 'filter'),
  ];
  return given.map((read) => {
    try {
      read();
    } catch (error) {
      return describeError(error).text;
    }
    return assert.fail(`nothing is wrong with ${text}`);
  });
}

function questions(text: string): readonly string[] {
  const [row, other] = [hostileRow(text), hostileRow(text, 8)];
  const status = { kind: 'exited', code: 0 } as const;
  const state = { kind: 'ended', at: 9, status, source: 'pidfd' } as const;
  const target = new Target('a' as TargetToken, row, 0, state);
  return [
    ...[question(row, order), changedQuestion(row, other, order)],
    questionDetail(row, order, { effect: 'terminate', guards: [] }),
    treeQuestion(row, { rows: [row, other], guards: [], foreground: false }),
    outcomeSummary([{ row, fate: 'denied' }]),
    waitEndText({ kind: 'one', target }),
    waitEndText({ kind: 'limit', open: [target], limitMs: 9 }),
  ];
}

describe('a message', () => {
  for (const text of hostileTexts) {
    it(`has ${JSON.stringify(text)} as text`, () => {
      const all = [errors, refusals, starts, wrongArguments, questions];
      for (const said of all.flatMap((of) => of(text))) {
        assertSeen(text, said);
        assert.doesNotMatch(said, /\]\(/);
      }
    });
  }
});
