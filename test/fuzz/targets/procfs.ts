// Parsers of /proc: what the kernel writes around what a program chose, and what it never wrote.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseCredentials } from '../../../native-host/attach/credentials';
import { parseArgs } from '../../../native-host/procfs/args';
import { parseCgroup } from '../../../native-host/procfs/cgroup';
import { variableIn } from '../../../native-host/procfs/environ';
import { parseIo } from '../../../native-host/procfs/io';
import { parseNamespaceLink } from '../../../native-host/procfs/namespaceLink';
import { parsePss } from '../../../native-host/procfs/pss';
import { parseStat } from '../../../native-host/procfs/stat';
import { fieldNumbers, parseSignalMasks, parseStatus } from '../../../native-host/procfs/status';
import { parsePasswd } from '../../../native-host/procfs/users';
import { hostileBytes, hostileText } from '../hostile';
import type { Target } from '../target';

const number = fc.maxSafeNat();
const statTail = fc.array(number, { minLength: 49, maxLength: 49 });
const states = fc.constantFrom('R', 'S', 'D', 'T', 't', 'Z', 'X', 'I', 'P', 'W', 'q');

/** The reference: the greedy pattern of the whole line, where the parser looks for bytes. */
const statPattern = /^(\d+) \(([\s\S]*)\) (\S) ([-0-9 ]*)\n$/;

const stat = fc.property(
  fc.nat(4194304),
  hostileText,
  states,
  statTail,
  (pid, comm, state, tail) => {
    const line = `${pid} (${comm}) ${state} ${tail.join(' ')}\n`;
    const parsed = parseStat(Buffer.from(line));
    const [, wantedPid, wantedComm, , rest = ''] = statPattern.exec(line) ?? [];
    const fields = rest.split(' ');
    assert.ok(parsed);
    assert.equal(parsed.pid, Number(wantedPid));
    assert.equal(parsed.comm, Buffer.from(wantedComm ?? '').toString());
    assert.equal(parsed.ppid, Number(fields[0]));
    assert.equal(parsed.threads, Number(fields[16]));
    assert.equal(parsed.startTicks, fields[18]);
    assert.equal(parsed.cpuTicks, Number(fields[10]) + Number(fields[11]));
    assert.ok('RSDTtZXIP?'.includes(parsed.state));
  },
);

const notStat = fc.property(hostileBytes, (bytes) => {
  const parsed = parseStat(bytes);
  if (parsed) assert.ok(parsed.comm.length <= bytes.length);
});

const args = fc.property(hostileBytes, fc.integer({ min: 1, max: 250 }), (bytes, limit) => {
  const wanted = bytes.toString('utf8').replace(/\0+$/, '');
  const parsed = parseArgs(bytes, limit);
  assert.equal(parsed.args.join('\0'), wanted);
  if (wanted !== '') assert.equal(parsed.cut, bytes.length >= limit);
});

const variable = fc.oneof(
  hostileBytes,
  fc
    .tuple(fc.constantFrom('NODE_OPTIONS=', 'NODE_OPTIONS', 'A='), hostileBytes)
    .map(([start, bytes]) => Buffer.concat([Buffer.from(start), bytes])),
);

/** The reference: byte by byte, as getenv(3) does. */
function getenv(bytes: Buffer, name: Buffer, isCut: boolean): string | null {
  for (let from = 0; from <= bytes.length;) {
    const zero = bytes.indexOf(0, from);
    if (zero < 0 && isCut) return null;
    const one = bytes.subarray(from, zero < 0 ? bytes.length : zero);
    if (one.subarray(0, name.length).equals(name)) return one.subarray(name.length).toString();
    if (zero < 0) return null;
    from = zero + 1;
  }
  return null;
}

const environ = fc.property(
  fc.array(variable, { maxLength: 6 }),
  fc.integer({ min: 1, max: 400 }),
  (variables, limit) => {
    const whole = Buffer.concat(variables.flatMap((one) => [one, Buffer.alloc(1)]));
    const bytes = whole.subarray(0, limit);
    const wanted = getenv(bytes, Buffer.from('NODE_OPTIONS='), bytes.length >= limit);
    assert.equal(variableIn(bytes, 'NODE_OPTIONS', limit), wanted);
  },
);

const fieldName = fc.constantFrom('Uid', 'Tgid', 'NSpid', 'Threads', 'SigCgt');
const statusLine = fc
  .tuple(fieldName, fc.array(fc.nat(), { maxLength: 5 }))
  .map(([name, values]) => `${name}:\t${values.join('\t')}`);

/** What a program calls itself: of all that ends a line somewhere the kernel escapes \n alone. */
const ownName = fc
  .tuple(
    hostileText,
    fc.constantFrom('', '\r', '\u2028'),
    statusLine,
    fc.constantFrom('', '\r', '\u2029'),
  )
  .map((parts) => parts.join('').replaceAll('\n', '\\n'));

/** The reference: line by line. */
const status = fc.property(
  fc.array(statusLine, { maxLength: 12 }),
  fieldName,
  ownName,
  (lines, name, own) => {
    const text = `Name:\t${own}\n${lines.join('\n')}\n`;
    const line = lines.find((one) => one.startsWith(`${name}:`));
    const words =
      line
        ?.slice(name.length + 1)
        .split('\t')
        .filter(Boolean) ?? [];
    assert.deepEqual(fieldNumbers(text, name), words.map(Number));
  },
);

const mask = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });

/** Whether somebody may debug somebody is answered by these. */
const credentials = fc.property(
  fc.array(fc.nat(), { minLength: 8, maxLength: 8 }),
  fc.tuple(mask, mask),
  ownName,
  (ids, [permitted, effective], own) => {
    const hex = (value: bigint) => value.toString(16).padStart(16, '0');
    const lines = [
      ...[
        `Name:\t${own}`,
        `Uid:\t${ids.slice(0, 4).join('\t')}`,
        `Gid:\t${ids.slice(4).join('\t')}`,
      ],
      ...[`CapPrm:\t${hex(permitted)}`, `CapEff:\t${hex(effective)}`],
    ];
    const uids = ids.slice(0, 3);
    const gids = ids.slice(4, 7);
    const parsed = parseCredentials(`${lines.join('\n')}\n`);
    assert.deepEqual(parsed, { uids, gids, permitted, effective });
    for (let missing = 1; missing < lines.length; missing++)
      assert.equal(parseCredentials(lines.filter((_, at) => at !== missing).join('\n')), null);
  },
);

const notStatus = fc.property(hostileBytes, (bytes) => {
  const { tgid, ruid, nsPids, threads } = parseStatus(bytes);
  const numbers = [tgid, ruid ?? 0, threads, ...nsPids];
  assert.ok(numbers.every((one) => typeof one === 'number'));
  const masks = parseSignalMasks(bytes);
  if (masks) assert.ok(Object.values(masks).every((mask) => mask >= 0n && mask < 1n << 64n));
});

const maskNames = ['SigPnd', 'ShdPnd', 'SigBlk', 'SigIgn', 'SigCgt'];
const masks = fc.property(fc.tuple(mask, mask, mask, mask, mask), (values) => {
  const lines = maskNames.map(
    (name, at) => `${name}:\t${values[at]?.toString(16).padStart(16, '0')}`,
  );
  const parsed = parseSignalMasks(Buffer.from(`SigQ:\t0/1\n${lines.join('\n')}\n`));
  assert.ok(parsed);
  const { pending, sharedPending, blocked, ignored, caught } = parsed;
  assert.deepEqual([pending, sharedPending, blocked, ignored, caught], values);
});

const cgroupPath = hostileText.map((text) => `/${text.replaceAll('\n', '\\n')}`);
const cgroup = fc.property(
  fc.array(fc.tuple(fc.nat(12), cgroupPath), { maxLength: 6 }),
  (entries) => {
    const bytes = Buffer.from(entries.map(([id, path]) => `${id}:name:${path}\n`).join(''));
    const read = entries.map(([id, path]) => [id, Buffer.from(path).toString()] as const);
    const unified = read.find(([id, path]) => id === 0 && path !== '/')?.[1];
    const first = read.find(([, path]) => path !== '/')?.[1] ?? read[0]?.[1] ?? null;
    assert.equal(parseCgroup(bytes), unified ?? first);
  },
);

const small = fc.property(hostileBytes, hostileText, (bytes, text) => {
  const { read, written } = parseIo(bytes);
  assert.ok(read >= 0 && written >= 0);
  assert.ok((parsePss(bytes) ?? 0) >= 0);
  assert.match(parseNamespaceLink(text) ?? '1', /^\d+$/);
  assert.ok(parseCgroup(bytes)?.startsWith('/') ?? true);
  const names = parsePasswd(text);
  assert.ok(names.size <= text.split('\n').length);
});

export const procfsTargets: readonly Target[] = [
  { name: 'stat', property: () => stat },
  { name: 'stat of any bytes', property: () => notStat },
  { name: 'cmdline', property: () => args },
  { name: 'environ', property: () => environ },
  { name: 'status', property: () => status },
  { name: 'credentials', property: () => credentials },
  { name: 'status of any bytes', property: () => notStatus },
  { name: 'signal masks', property: () => masks },
  { name: 'cgroup', property: () => cgroup },
  { name: 'io, smaps_rollup, ns links, passwd', property: () => small },
];
