// The project's own packages, installed when they are missing or not those that package-lock.json names.
import { inRoot, readJson } from './files.mjs';
import { mustRun } from './processes.mjs';

/** npm notes in node_modules what it has installed; packages for other platforms are not there. */
function isStale() {
  const installed = readJson(inRoot('node_modules/.package-lock.json'))?.packages;
  if (!installed) return true;
  const wanted = Object.entries(readJson(inRoot('package-lock.json')).packages);
  return wanted.some(([where, { version, optional }]) => {
    const isPackage = where !== '';
    const isLeftOut = optional && !installed[where];
    return isPackage && !isLeftOut && installed[where]?.version !== version;
  });
}

export async function ensureDependencies() {
  if (!isStale()) return;
  console.log('Installing the dependencies that package-lock.json names (npm ci) ...');
  await mustRun('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}
