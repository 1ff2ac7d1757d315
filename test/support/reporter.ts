// What `mocha --reporter` loads has to be the class itself.
import { ResultsReporter } from './results';

export = ResultsReporter;
