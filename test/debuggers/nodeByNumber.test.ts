import assert from 'node:assert/strict';
import { Actor } from '../support/actor';
import { debuggee } from '../support/debuggees';
import { extensionApi } from '../vscode/extensionApi';
import { nodeByNumber } from './nodeByNumber';
import { Sessions } from './sessions';
import { Successor } from './successor';
import { windows } from './windows';

describe('VS Code’s own debugger, told a number that becomes another’s', () => {
  before(extensionApi);
  afterEach(() => Actor.endAll());

  for (const window of windows.filter(({ isBeforeResolved }) => isBeforeResolved)) {
    it(`${window.name}: sends SIGUSR1 to whoever has it by then`, async function () {
      const successor = await Successor.of(this, debuggee('node'));
      await using sessions = new Sessions();
      const configuration = nodeByNumber(successor.pid);
      await window.run({ successor, sessions, configuration });
      const { signals, isTouched } = await successor.harm();
      assert.deepEqual({ signals, isTouched }, { signals: 1, isTouched: true });
    });
  }
});
