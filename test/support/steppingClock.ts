// Loaded into a native host before it starts: each SIGUSR2 sets its wall clock, a day on first and then two days back.
// What the real one says must not be changed under a machine that others use, and JavaScript has no other access to it.
const day = 24 * 60 * 60 * 1000;
const real = Date.now.bind(Date);
let offset = 0;

Date.now = () => real() + offset;
process.on('SIGUSR2', () => (offset = offset === day ? -day : day));
