// User settings for a VS Code that nobody has set up: it asks nothing, fetches nothing and reports nothing.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const quiet = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'remote.autoForwardPorts': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.showReleaseNotes': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
};

/**
 * Writes the settings unless there are some: they belong to the user once they are there. To a page in a browser this
 * server is remote, and what has the scope "machine" counts only among a remote's own settings.
 * @param {string} userDir
 * @param {Record<string, unknown>} [more]
 */
export function writeSettings(userDir, more = {}) {
  writeUnlessThere(path.join(userDir, 'User/settings.json'), { ...quiet, ...more });
  writeUnlessThere(path.join(userDir, 'Machine/settings.json'), more);
}

/**
 * @param {string} file
 * @param {Record<string, unknown>} settings
 */
function writeUnlessThere(file, settings) {
  if (existsSync(file)) return;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(settings, null, 2)}\n`);
}
