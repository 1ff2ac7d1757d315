import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The part of JSON Schema that `configurationAttributes` of debuggers use. */
interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

export interface PublishedSchema {
  /** Where the extension declares it, and in which version. */
  readonly source: string;
  readonly version: string;
  readonly attach: Schema;
}

const folder = join(__dirname, '../../../../../test/fixtures/schemas');

export function publishedSchema(name: string): PublishedSchema {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as PublishedSchema;
}

/** Of every configuration, whatever its type; `pidfdKey` is ours. */
const ofVscode = ['type', 'request', 'name', 'pidfdKey'];

/** What VS Code would underline in launch.json; unknown attributes, too. */
export function faultsIn(configuration: object, { attach }: PublishedSchema): string[] {
  const own = Object.entries(configuration).filter(([name]) => !ofVscode.includes(name));
  return faults('', Object.fromEntries(own), { type: 'object', ...attach });
}

function faults(path: string, value: unknown, schema: Schema): string[] {
  const types = [schema.type ?? []].flat();
  if (types.length > 0 && !types.some((type) => hasType(value, type))) {
    return [`${path}: ${JSON.stringify(value)} is not ${types.join(' or ')}`];
  }
  if (schema.enum && !schema.enum.includes(value)) return [`${path}: not in the list`];
  if (Array.isArray(value)) {
    return value.flatMap((one, i) => faults(`${path}[${i}]`, one, schema.items ?? {}));
  }
  return typeof value === 'object' && value !== null ? inObject(path, value, schema) : [];
}

function inObject(path: string, value: object, { required = [], properties }: Schema): string[] {
  const missing = required.filter((name) => !(name in value));
  const own = Object.entries(value).flatMap(([name, one]) =>
    properties && !(name in properties)
      ? [`${path}.${name}: unknown`]
      : faults(`${path}.${name}`, one, properties?.[name] ?? {}),
  );
  return [...missing.map((name) => `${path}.${name}: missing`), ...own];
}

function hasType(value: unknown, type: string): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(value);
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'null':
      return value === null;
    default:
      return typeof value === type;
  }
}
