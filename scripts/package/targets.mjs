// The platforms that there are packages for, by VS Code's names, and what tells their binaries apart.

/**
 * @typedef {object} Target
 * @property {string} name as VS Code names the platform
 * @property {'x64' | 'arm64'} [arch] as Node and npm name it
 * @property {'linux' | 'musl'} [libc] as koffi names the folder of its binary; `linux` is glibc
 */

/** @type {readonly Target[]} */
export const targets = [
  { name: 'linux-x64', arch: 'x64', libc: 'linux' },
  { name: 'linux-arm64', arch: 'arm64', libc: 'linux' },
  { name: 'alpine-x64', arch: 'x64', libc: 'musl' },
  { name: 'alpine-arm64', arch: 'arm64', libc: 'musl' },
  // For macOS and Windows, where there is nothing to bind to: it says where the extension works.
  { name: 'universal' },
];

/** @param {string[] | undefined} names all of them unless told */
export function chooseTargets(names = targets.map(({ name }) => name)) {
  return names.map((wanted) => {
    const target = targets.find(({ name }) => name === wanted);
    if (target) return target;
    const known = targets.map(({ name }) => name).join(', ');
    throw new Error(`No such target: ${wanted}. There are: ${known}`);
  });
}
