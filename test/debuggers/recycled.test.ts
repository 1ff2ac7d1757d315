import assert from 'node:assert/strict';
import type { TestApi } from '../../extension/testApi';
import { Actor } from '../support/actor';
import { extensionApi } from '../vscode/extensionApi';
import { runTrial } from './trial';
import { windows } from './windows';

describe('a number that becomes another’s', () => {
  let api: TestApi;
  before(async () => (api = await extensionApi()));
  afterEach(() => Actor.endAll());

  for (const window of windows) {
    for (const type of window.types) {
      const what = window.isTooLate ? `takes ${type} off again` : `lets ${type} touch nobody`;
      it(`${window.name}: the guard ${what}`, async function () {
        const outcome = await runTrial(this, api, window, type);
        assert.equal(outcome.isKept, false);
        assert.equal(outcome.isTouched, window.isTooLate ?? false);
        assert.match(outcome.said.join(), window.isTooLate ? /told to leave/ : /has ended/);
      });
    }

    it(`${window.name}: without the guard, a debugger is on an innocent`, async function () {
      const [type] = window.types;
      const { isTouched } = await runTrial(this, api, window, type, { pidfdGuard: false });
      assert.ok(isTouched);
    });
  }
});
