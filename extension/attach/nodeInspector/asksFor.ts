import type { Admission } from '../bridged/gate';

/** Who asks for the UUID of the inspector comes in: others on this machine do not know it, and cannot learn it here. */
export function asksFor(id: string): Admission {
  const wanted = Buffer.from(`GET /${id} `);
  return (near) =>
    new Promise((resolve) => {
      let head = Buffer.alloc(0);
      const read = (part: Buffer) => {
        head = Buffer.concat([head, part]);
        if (head.length < wanted.length) return;
        near.off('data', read).pause();
        resolve(head.subarray(0, wanted.length).equals(wanted) ? head : null);
      };
      near.once('close', () => resolve(null)).on('data', read);
      near.resume();
    });
}
