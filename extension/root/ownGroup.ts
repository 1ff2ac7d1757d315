/** Who this user is, and what the system says of all: passwd(5), group(5). */
export interface Accounts {
  readonly uid: number | undefined;
  readonly passwd: string;
  readonly group: string;
}

/**
 * Many distributions give each user a group of his own, and let it write. Nobody else may have it for his first, nor be
 * named in it. Of a user who stands elsewhere (LDAP, say) nothing is known, and of who shares his group neither.
 */
export function isOwnGroup(gid: number, { uid, passwd, group }: Accounts): boolean {
  const users = lines(passwd).filter(([, , , first]) => first === String(gid));
  const groups = lines(group).filter(([, , number]) => number === String(gid));
  if (users.length === 0 || groups.length === 0) return false;
  const names = users.map(([name]) => name);
  const members = groups.flatMap(([, , , those = '']) => those.split(',').filter(Boolean));
  const isOurs = users.every(([, , id]) => id === String(uid));
  return isOurs && members.every((name) => names.includes(name));
}

const lines = (text: string) => text.split('\n').map((line) => line.split(':'));
