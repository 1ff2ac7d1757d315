// Loaded into a native host before it starts: on SIGUSR2 it collects its garbage, so that memory can be compared.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
process.on('SIGUSR2', () => collect()); // with any argument it collects the young only
