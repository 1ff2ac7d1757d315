/**
 * Checks what came over the pipe, once, at the boundary: inside, types are trusted. Nothing is trusted to be of the
 * declared type, to be a plain object, or to be of reasonable size.
 */
import { maxPid, parseKey } from '../process/identity.js';
import { maxSignal } from '../signals/signalTable.js';
import {
  entryUsers,
  mostSamples,
  namespaceTypes,
  type EntryUser,
  type NamespaceType,
} from '../protocol.js';
import type {
  Method,
  NamespaceId,
  NamespaceRef,
  NextPattern,
  Params,
  ProcessKey,
  ProgramId,
  SignalScope,
  SignalStep,
  TargetToken,
  ThreadKey,
  TranslationItem,
} from '../protocol.js';
import { fieldsOf, integer, invalid, text, yesOrNo, type Fields } from './fields.js';
import { knownListeners, listenerParam, portParam } from './listenerParams.js';

const mostSteps = 16;
const mostItems = 10_000;
const longestRegex = 1024;
/** Each wait is one of few requests at work. */
const longestSocketWaitMs = 30_000;
const longestPath = 4096; // PATH_MAX, linux/limits.h
/** A day. */
const longestWaitMs = 24 * 60 * 60 * 1000;

function key(fields: Fields): ProcessKey {
  const value = text(fields, 'key', 64);
  if (!parseKey(value)) throw invalid('key must be PID:INODE or PID@STARTTICKS');
  return value as ProcessKey;
}

function keys(fields: Fields, most: number): ProcessKey[] {
  const list = fields['keys'];
  if (!Array.isArray(list) || list.length > most) {
    throw invalid(`keys must be a list of at most ${most}`);
  }
  return list.map((one) => key({ key: one }));
}

const token = (fields: Fields) => text(fields, 'token', 128) as TargetToken;

function namespace(fields: Fields): NamespaceId {
  const value = text(fields, 'namespace', 20);
  if (!/^\d+$/.test(value)) throw invalid('namespace must be an inode');
  return value as NamespaceId;
}

function program(fields: Fields): { program?: ProgramId } {
  if (fields['program'] === undefined) return {};
  return { program: text(fields, 'program', 128) as ProgramId };
}

function keyAndSignal(fields: Fields): { key: ProcessKey; signal: number } {
  return { key: key(fields), signal: integer(fields, 'signal', 1, maxSignal) };
}

function tokenAndKey(params: unknown): { token: TargetToken; key: ProcessKey } {
  const fields = fieldsOf(params);
  return { token: token(fields), key: key(fields) };
}

function items(fields: Fields): Params<'signal/batch'>['items'] {
  const list = fields['items'];
  if (!Array.isArray(list) || list.length > mostItems) {
    throw invalid(`items must be a list of at most ${mostItems}`);
  }
  return list.map((one) => {
    const item = fieldsOf(one);
    return { key: key(item), ...program(item) };
  });
}

/** An int, as sigqueue(3) has it. */
function value(fields: Fields): { value?: number } {
  if (fields['value'] === undefined) return {};
  return { value: integer(fields, 'value', -(2 ** 31), 2 ** 31 - 1) };
}

function scope(fields: Fields): { scope?: SignalScope } {
  if (fields['scope'] === undefined) return {};
  const inner = fieldsOf(fields['scope']);
  const { kind } = inner;
  if (kind === 'process' || kind === 'group') return { scope: { kind } };
  const thread = kind === 'thread' ? text(inner, 'thread', 64) : '';
  if (!parseKey(thread)) throw invalid('scope must be process, group, or thread with its key');
  return { scope: { kind: 'thread', thread: thread as ThreadKey } };
}

function steps(fields: Fields): SignalStep[] {
  const list = fields['steps'];
  if (!Array.isArray(list) || list.length === 0 || list.length > mostSteps) {
    throw invalid(`steps must be a list of 1 to ${mostSteps}`);
  }
  return list.map((one) => {
    const step = fieldsOf(one);
    const signal = integer(step, 'signal', 1, maxSignal);
    return { signal, waitMs: integer(step, 'waitMs', 0, longestWaitMs) };
  });
}

function namespaceRef(fields: Fields, name: string): NamespaceRef {
  const inner = fieldsOf(fields[name]);
  switch (inner['kind']) {
    case 'ours':
      return { kind: 'ours' };
    case 'process':
      return { kind: 'process', key: key(inner) };
    case 'namespace':
      return { kind: 'namespace', namespace: namespace(inner) };
    case 'container':
      return { kind: 'container', name: text(inner, 'name', 256) };
    case 'path':
      return { kind: 'path', path: absolutePath(inner) };
    default:
      throw invalid(`${name} must name a PID namespace`);
  }
}

function absolutePath(fields: Fields): string {
  const path = text(fields, 'path', longestPath);
  if (path.startsWith('/') && !path.includes('\0')) return path;
  throw invalid('path must be absolute');
}

function numbers(fields: Fields): number[] {
  const list = fields['numbers'];
  if (!Array.isArray(list)) throw invalid('numbers must be a list');
  return list.map((_, index) => integer(list as unknown as Fields, String(index), 1, maxPid));
}

function translationItems(fields: Fields): TranslationItem[] {
  const list = fields['items'];
  if (!Array.isArray(list) || list.length > mostItems) {
    throw invalid(`items must be a list of at most ${mostItems}`);
  }
  const items = list.map((one): TranslationItem => {
    const item = fieldsOf(one);
    const [source, target] = [namespaceRef(item, 'source'), namespaceRef(item, 'target')];
    return { numbers: numbers(item), source, target, threads: item['threads'] === true };
  });
  if (items.reduce((sum, item) => sum + item.numbers.length, 0) <= mostItems) return items;
  throw invalid(`items must have at most ${mostItems} numbers in all`);
}

function oneOf<T extends string>(value: unknown, all: readonly T[], name: string): T {
  const found = all.find((one) => one === value);
  if (found !== undefined) return found;
  throw invalid(`${name} must be one of ${all.join(', ')}`);
}

function join(fields: Fields): { join?: readonly NamespaceType[] } {
  const list = fields['join'];
  if (list === undefined) return {};
  if (!Array.isArray(list) || list.length > namespaceTypes.length) {
    throw invalid('join must be a list of namespace types');
  }
  return { join: [...new Set(list.map((one) => oneOf(one, namespaceTypes, 'join')))] };
}

function user(fields: Fields): { user?: EntryUser } {
  if (fields['user'] === undefined) return {};
  return { user: oneOf(fields['user'], entryUsers, 'user') };
}

function flag<N extends string>(fields: Fields, name: N): { [K in N]?: boolean } {
  const value = fields[name];
  if (value === undefined) return {};
  if (typeof value === 'boolean') return { [name]: value } as { [K in N]?: boolean };
  throw invalid(`${name} must be true or false`);
}

const optionalKey = (fields: Fields) => (fields['key'] === undefined ? {} : { key: key(fields) });

function pattern(fields: Fields): NextPattern {
  const inner = fieldsOf(fields['pattern']);
  switch (inner['kind']) {
    case 'name':
      return { kind: 'name', name: text(inner, 'name', longestPath) };
    case 'executable':
      return { kind: 'executable', path: absolutePath(inner) };
    case 'regex':
      return { kind: 'regex', source: text(inner, 'source', longestRegex) };
    case 'any':
      return { kind: 'any' };
    default:
      throw invalid('pattern must be a name, an executable, a regex or any');
  }
}

function under(fields: Fields): { under?: ProcessKey } {
  const value = fields['under'];
  return value === undefined ? {} : { under: key({ key: value }) };
}

const none = () => null;

/** One checker a method. @throws HostError Invalid */
export const checkParams: { readonly [M in Method]: (params: unknown) => Params<M> } = {
  initialize: (params) => ({
    protocolVersion: integer(fieldsOf(params), 'protocolVersion', 1, 1000),
  }),
  'processes/subscribe': none,
  'processes/unsubscribe': none,
  'processes/refresh': none,
  'processes/list': none,
  'processes/details': (params) => ({ key: key(fieldsOf(params)) }),
  'processes/sample': (params) => ({ keys: keys(fieldsOf(params), mostSamples) }),
  'processes/pss': (params) => ({ key: key(fieldsOf(params)) }),
  'processes/folders': (params) => ({ keys: keys(fieldsOf(params), mostSamples) }),
  'processes/find': (params) => ({ pid: integer(fieldsOf(params), 'pid', 1, maxPid) }),
  'processes/open': (params) => ({ key: key(fieldsOf(params)) }),
  'signal/send': (params) => {
    const fields = fieldsOf(params);
    return { ...keyAndSignal(fields), ...program(fields), ...scope(fields), ...value(fields) };
  },
  'signal/batch': (params) => {
    const fields = fieldsOf(params);
    const signal = integer(fields, 'signal', 1, maxSignal);
    return { items: items(fields), signal, ...scope(fields), ...value(fields) };
  },
  'signal/preview': (params) => {
    const fields = fieldsOf(params);
    return { ...keyAndSignal(fields), ...scope(fields) };
  },
  'signal/previews': (params) => ({ key: key(fieldsOf(params)) }),
  'signal/threads': (params) => ({ key: key(fieldsOf(params)) }),
  'tree/preview': (params) => ({ key: key(fieldsOf(params)) }),
  'tree/stop': (params) => {
    const fields = fieldsOf(params);
    return { token: token(fields), key: key(fields), steps: steps(fields), ...program(fields) };
  },
  'tree/cancel': (params) => ({ token: token(fieldsOf(params)) }),
  'lineage/follow': (params) => {
    const fields = fieldsOf(params);
    const isOurs = fields['ours'] !== undefined && yesOrNo(fields, 'ours');
    return { ...tokenAndKey(params), ...(isOurs && { ours: true as const }) };
  },
  'lineage/left': (params) => ({ token: token(fieldsOf(params)) }),
  'lineage/forget': (params) => ({ token: token(fieldsOf(params)) }),
  'next/watch': (params) => {
    const fields = fieldsOf(params);
    const named = { token: token(fields), pattern: pattern(fields) };
    return { ...named, stop: yesOrNo(fields, 'stop'), ...under(fields) };
  },
  'next/expect': tokenAndKey,
  'next/release': tokenAndKey,
  'next/end': (params) => ({ token: token(fieldsOf(params)) }),
  'target/hold': tokenAndKey,
  'target/release': (params) => ({ token: token(fieldsOf(params)) }),
  'attach/runtime': (params) => ({ key: key(fieldsOf(params)) }),
  'attach/proof': (params) => ({ key: key(fieldsOf(params)) }),
  'attach/traced': none,
  'translate/numbers': (params) => ({ key: key(fieldsOf(params)) }),
  'translate/find': (params) => {
    const fields = fieldsOf(params);
    return { namespace: namespace(fields), nsPid: integer(fields, 'nsPid', 1, maxPid) };
  },
  'translate/batch': (params) => ({ items: translationItems(fieldsOf(params)) }),
  'namespaces/ownTree': (params) => ({ namespace: namespaceRef(fieldsOf(params), 'namespace') }),
  'namespaces/pid': none,
  'namespaces/subscribe': none,
  'namespaces/unsubscribe': none,
  'namespaces/enterable': (params) => {
    const fields = fieldsOf(params);
    return { key: key(fields), ...join(fields), ...user(fields) };
  },
  'attach/preflight': (params) => {
    const fields = fieldsOf(params);
    return { key: key(fields), ...flag(fields, 'gdb') };
  },
  'sockets/listening': (params) => {
    const fields = fieldsOf(params);
    return {
      keys: fields['keys'] === null ? null : keys(fields, mostItems),
      ...flag(fields, 'unix'),
    };
  },
  'sockets/owner': (params) => {
    const fields = fieldsOf(params);
    return { port: portParam(fields), ...optionalKey(fields) };
  },
  'sockets/served': (params) => {
    const fields = fieldsOf(params);
    return { port: portParam(fields), key: key(fields) };
  },
  'sockets/sameUser': (params) => {
    const fields = fieldsOf(params);
    return { port: portParam(fields), peer: portParam(fields, 'peer') };
  },
  'sockets/opened': (params) => {
    const fields = fieldsOf(params);
    const withinMs = integer(fields, 'withinMs', 1, longestSocketWaitMs);
    return { key: key(fields), known: knownListeners(fields), withinMs };
  },
  'bridge/open': (params) => {
    const fields = fieldsOf(params);
    return { ...tokenAndKey(fields), ...listenerParam(fields) };
  },
  'bridge/close': (params) => ({ token: token(fieldsOf(params)) }),
};
