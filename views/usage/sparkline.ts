import type { Sample } from './usageStore';

const [width, height] = [180, 36];
/** Seen on dark and on light grounds. */
const colors = { cpu: '#3794ff', memory: '#b180d7' };
const mostPoints = 60;

/** Two curves, processor above memory, as a picture that needs no file. undefined: there is too little to draw. */
export function sparkline(history: readonly Sample[]): string | undefined {
  if (history.length < 2) return undefined;
  const cpu = history.map((sample) => sample.cpu ?? 0);
  const memory = history.map((sample) => sample.rss);
  // Full height is at least one processor, and memory from nothing: small is to look small.
  const curves = [
    ground(0),
    ground(height),
    curve(cpu, Math.max(1, ...cpu), 0, colors.cpu),
    curve(memory, Math.max(1, ...memory) * 1.1, height, colors.memory),
  ];
  const size = `width="${width}" height="${2 * height}"`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${curves.join('')}</svg>`;
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
}

/** The time that a full curve shows, also where it is not full yet. */
const ground = (top: number) =>
  `<rect y="${top}" width="${width}" height="${height - 2}" fill="#808080" fill-opacity="0.15"/>`;

function curve(values: readonly number[], full: number, top: number, color: string): string {
  const step = width / (mostPoints - 1);
  const left = width - (values.length - 1) * step;
  const points = values.map((value, i) => {
    const y = top + (height - 2) * (1 - value / full) + 1;
    return `${(left + i * step).toFixed(1)},${y.toFixed(1)}`;
  });
  const bottom = top + height - 1;
  const area = `${left.toFixed(1)},${bottom} ${points.join(' ')} ${width},${bottom}`;
  const line = `<polyline points="${points.join(' ')}" fill="none" stroke="${color}" stroke-width="1.5"/>`;
  return `<polygon points="${area}" fill="${color}" fill-opacity="0.25"/>${line}`;
}
