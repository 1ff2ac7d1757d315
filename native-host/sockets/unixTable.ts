/** Number, count, protocol, flags with __SO_ACCEPTCON, type, state, inode, path (unix_seq_show, net/unix/af_unix.c). */
const line = /^[0-9a-f]+: [0-9A-F]{8} [0-9A-F]{8} 00010000 [0-9A-F]{4} [0-9A-F]{2} +(\d+) ([^]+)$/;

/**
 * Paths of Unix sockets that listen, by inode. A path may hold a line feed, and thereby a line that speaks of another's
 * socket: an inode that is named twice is left out.
 */
export function parseUnixListeners(text: string): Map<string, string> {
  const paths = new Map<string, string>();
  const doubtful = new Set<string>();
  for (const each of text.split('\n')) {
    const [, inode, path] = line.exec(each) ?? [];
    if (inode === undefined || path === undefined) continue;
    if (paths.has(inode)) doubtful.add(inode);
    paths.set(inode, path);
  }
  for (const inode of doubtful) paths.delete(inode);
  return paths;
}
