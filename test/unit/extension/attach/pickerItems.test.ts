// Entries of the picker: VS Code draws `$(name)` in them as an icon, and nothing else.
import '../../../support/vscodeStandIn';
import assert from 'node:assert/strict';
import { rowItem, typedItem } from '../../../../extension/attach/picking/pickerItems';
import { visible } from '../../../../views/escape';
import { assertSeen, hostileRow, hostileTexts } from '../../hostileTexts';

describe('an entry of the picker', () => {
  for (const text of hostileTexts) {
    it(`has ${JSON.stringify(text)} as text`, () => {
      const facts = { cwd: `/home/${text}`, container: text, nsPid: 2, refusal: text };
      const item = rowItem(hostileRow(text), facts);
      const typed = typedItem({ kind: 'inside', nsPid: 2, container: text });
      const drawn = (shown: string) => shown.replaceAll('\\$(', '$(');
      for (const shown of [item.label, item.description, item.detail, typed.label]) {
        assertSeen(text, shown ?? '');
        assert.doesNotMatch(shown ?? '', /(?<!\\)\$\(/, 'an icon');
      }
      assert.equal(drawn(item.label), visible(text.replaceAll('/', '⧸')));
      assert.ok(drawn(item.detail ?? '').includes(visible(`/home/${text}`)));
      assert.ok(drawn(item.description ?? '').includes(visible(text)));
    });
  }
});
