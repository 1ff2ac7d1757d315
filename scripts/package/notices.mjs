// The licences of what a package contains besides this project's own code.
import { readFileSync } from 'node:fs';
import { inRoot, readJson } from '../files.mjs';

/** koffi's binary was compiled with the headers that it carries in vendor/. */
const parts = [
  { name: 'koffi', license: 'koffi/LICENSE.txt' },
  { name: 'node-addon-api (in koffi)', license: 'koffi/vendor/node-addon-api/LICENSE.md' },
  { name: 'node-api-headers (in koffi)', license: 'koffi/vendor/node-api-headers/LICENSE' },
  { name: 'vscode-jsonrpc', license: 'vscode-jsonrpc/License.txt' },
];

function notice({ name, license }) {
  const version = readJson(inRoot('node_modules', name, 'package.json'))?.version;
  const title = version ? `${name} ${version}` : name;
  const text = readFileSync(inRoot('node_modules', license), 'utf8').trim();
  return `${title}\n${'='.repeat(title.length)}\n\n${text}\n`;
}

export function thirdPartyNotices() {
  const heading = 'Pidfd Explorer contains the following software of others.\n';
  return [heading, ...parts.map(notice)].join('\n\n');
}
