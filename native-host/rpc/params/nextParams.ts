import type { NextPattern, NextRequests, ProcessKey } from '../../protocol.js';
import type { Checks } from './check.js';
import {
  absolutePath,
  fieldsOf,
  invalid,
  longestPath,
  text,
  yesOrNo,
  type Fields,
} from './fields.js';
import { key, token, tokenAlone, tokenAndKey } from './named.js';

const longestRegex = 1024;

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

const under = (fields: Fields): { under?: ProcessKey } =>
  fields['under'] === undefined ? {} : { under: key(fields, 'under') };

export const nextParams: Checks<keyof NextRequests> = {
  'next/watch': (params) => {
    const fields = fieldsOf(params);
    const named = { token: token(fields), pattern: pattern(fields) };
    return { ...named, stop: yesOrNo(fields, 'stop'), ...under(fields) };
  },
  'next/expect': tokenAndKey,
  'next/release': tokenAndKey,
  'next/end': tokenAlone,
};
