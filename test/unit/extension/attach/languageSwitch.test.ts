import assert from 'node:assert/strict';
import { languageSwitch } from '../../../../extension/attach/running/languageSwitch';

const always = () => true;

describe('a command that is to be debugged from its first line on', () => {
  it('has its runtime wait for the debugger', () => {
    assert.deepEqual(languageSwitch(['/usr/bin/node', 'a.js', '--inspect'], always), {
      words: ['/usr/bin/node', '--inspect-brk=127.0.0.1:0', 'a.js', '--inspect'],
      type: 'node',
    });
    assert.deepEqual(languageSwitch(['java', '-cp', '.', 'Main'], always)?.words.slice(2), [
      ...['-cp', '.', 'Main'],
    ]);
  });

  it('stays as it is where it waits already, or no such debugger is used', () => {
    assert.equal(languageSwitch(['node', '--inspect-brk', 'a.js'], always), undefined);
    const jdwp = '-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=5005';
    assert.equal(languageSwitch(['java', jdwp, 'Main'], always), undefined);
    assert.equal(
      languageSwitch(['node', 'a.js'], () => false),
      undefined,
    );
    assert.equal(languageSwitch(['nodemon', 'a.js'], always), undefined);
  });
});
