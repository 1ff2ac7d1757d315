// What came of it: a table for people, JSON for programs.
import { readFileSync } from 'node:fs';
import os from 'node:os';
import type { Figure } from './benchmark';

export type Figures = Readonly<Record<string, Figure>>;
type Aims = Readonly<Record<string, number>>;

const rounded = (value: number) => Number(value.toPrecision(4));
const entries = <T>(figures: Figures, of: (figure: Figure) => T) =>
  Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, of(figure)]));

function machine() {
  const cpus = os.cpus();
  return {
    kernel: os.release(),
    arch: process.arch,
    cpu: cpus[0]?.model ?? 'unknown',
    cpus: cpus.length,
    memoryMb: Math.round(os.totalmem() / 1e6),
    node: process.version,
    /** Over the last minute, when the benchmarks ended: above `cpus` the figures are not to be trusted. */
    load: rounded(os.loadavg()[0] ?? NaN),
    processes: Number(readFileSync('/proc/loadavg', 'utf8').split(/[ /]/)[4]),
  };
}

/** `metrics` are those with a name to choose them by; `quartiles`, too, has the further figures that explain them. */
export function toJson(figures: Figures, names: readonly string[], aims: Aims): string {
  const promised = Object.fromEntries(
    Object.entries(figures).filter(([name]) => names.includes(name)),
  );
  const content = {
    metrics: entries(promised, ({ value }) => rounded(value)),
    aims,
    quartiles: entries(figures, ({ summary }) => summary.quartiles.map(rounded)),
    rounds: entries(figures, ({ summary }) => summary.rounds),
    units: entries(figures, ({ unit }) => unit),
    machine: machine(),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

function line(name: string, { value, summary, unit }: Figure, aim: number | undefined): string {
  const [first, , third] = summary.quartiles.map(rounded);
  const verdict = aim === undefined ? '' : verdictOf(value, aim, unit);
  const numbers = [rounded(value), first, third].map((number) => String(number).padStart(8));
  return [name.padEnd(32), ...numbers, unit.padEnd(6), verdict].join(' ').trimEnd();
}

function verdictOf(value: number, aim: number, unit: Figure['unit']): string {
  if (unit === 'per s' || unit === 'runs') return value >= aim ? `at least ${aim}` : `UNDER ${aim}`;
  return value <= aim ? `at most ${aim}` : `OVER ${aim}`;
}

export function toTable(figures: Figures, aims: Aims): string {
  const [median, first, third] = ['median', 'q1', 'q3'].map((title) => title.padStart(8));
  const heading = ['metric'.padEnd(32), median, first, third, 'unit  ', 'aim'].join(' ');
  const lines = Object.entries(figures).map(([name, figure]) => line(name, figure, aims[name]));
  return [heading, ...lines].join('\n');
}
