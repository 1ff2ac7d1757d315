import assert from 'node:assert/strict';
import { revealProcess } from '../../../extension/commands/reveal';
import { describeError } from '../../../extension/errors';
import type { Services } from '../../../extension/services';
import { row } from '../views/rows';

const said = (reveal: () => Promise<boolean>): Promise<string | undefined> =>
  revealProcess({ processes: { reveal } } as unknown as Services, row(7)).then(
    () => undefined,
    (error: unknown) => describeError(error).text,
  );

describe('revealing a process', () => {
  it('says nothing where it is shown', async () => {
    assert.equal(await said(() => Promise.resolve(true)), undefined);
  });

  it('says of which process that it has ended', async () => {
    const text = await said(() => Promise.resolve(false));
    assert.equal(text, 'name7 (pid 7) has ended and is not in the tree.');
  });

  it('says which process VS Code could not show, and what to do', async () => {
    const text = await said(() => Promise.reject(new Error('too fast. Please try again.')));
    assert.equal(text, 'Something went wrong with name7 (pid 7): too fast. Please try again.');
  });
});
