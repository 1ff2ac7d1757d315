import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const sources = join(__dirname, '../../../test/fixtures');
const programs = join(__dirname, '../../fixtures');

const modified = (path: string): number =>
  statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? -Infinity;

function compile(name: string): string {
  const source = join(sources, `${name}.c`);
  const program = join(programs, name);
  if (modified(program) < modified(source)) {
    mkdirSync(programs, { recursive: true });
    execFileSync('cc', ['-O1', '-Wall', '-Wextra', '-pthread', '-o', program, source]);
  }
  return program;
}

export interface Fixtures {
  readonly actor: string;
  /** The same program in another file: what an actor executes to become "another program". */
  readonly twin: string;
  readonly environ: string;
  readonly probe: string;
  readonly hanging: string;
  readonly holdup: string;
  readonly seize: string;
  readonly refuse: string;
  readonly starter: string;
}

let built: Fixtures | undefined;

/** Compiles the C fixtures where they are older than their source. */
export function buildFixtures(): Fixtures {
  if (built) return built;
  const actor = compile('actor');
  const twin = join(programs, 'twin');
  if (modified(twin) < modified(actor)) copyFileSync(actor, twin);
  built = {
    actor,
    twin,
    environ: compile('environ'),
    probe: compile('probe'),
    hanging: compile('hanging'),
    holdup: compile('holdup'),
    refuse: compile('refuse'),
    seize: compile('seize'),
    starter: compile('starter'),
  };
  return built;
}
