// Stands in for the desktop's VS Code where there is none: @vscode/test-electron's runTests() starts it like `code`, and it runs
// the same tests in the real extension host of VS Code's own server, with the real workbench in a headless Chromium.
// It is not Electron: uiKind is Web, remoteName is set, and the extension host runs on plain Node.
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { type Outcome, watchTestRun } from './automation';
import { launchBrowser } from './browser';
import { type CommandLine, parseCommandLine } from './commandLine';
import { inRepository, type Server, startServer, type Version, workbenchUrl } from './server';

const version = (process.env.PIDFD_VSCODE ?? 'newest') as Version;
const limit = Number(process.env.PIDFD_VSCODE_LIMIT ?? 300) * 1000;
const suite = process.env.PIDFD_SUITE ?? 'vscode';
const artifact = (name: string) => inRepository('artifacts', suite, `${version}-${name}`);

/** The workbench takes from the payload what the desktop takes from the command line. */
function testUrl(line: CommandLine, server: Server): string {
  const remote = (file: string) => `vscode-remote://${server.authority}${file}`;
  const payload = [
    ...line.developmentPaths.map((folder) => ['extensionDevelopmentPath', remote(folder)]),
    ['extensionTestsPath', remote(line.testsPath)],
    ...(line.disableExtensions ? [['disableExtensions', 'true']] : []),
  ];
  const url = workbenchUrl(server, line.folder);
  url.searchParams.set('payload', JSON.stringify(payload));
  return url.toString();
}

const tooLate = () =>
  new Promise<Outcome>((resolve) => {
    const outcome = { failure: `no result after ${limit / 1000} seconds` };
    setTimeout(resolve, limit, outcome).unref();
  });

async function runInPage(page: Page, line: CommandLine, server: Server): Promise<Outcome> {
  const log = createWriteStream(artifact('workbench.log'));
  const run = await watchTestRun(page, server, log);
  await page.goto(testUrl(line, server));
  const outcome = await Promise.race([run.finished, tooLate()]);
  log.end();
  return outcome;
}

async function runInBrowser(line: CommandLine, server: Server): Promise<Outcome> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const outcome = await runInPage(page, line, server);
    const wentWell = 'code' in outcome && outcome.code === 0;
    if (!wentWell) await page.screenshot({ path: artifact('failure.png') }).catch(() => undefined);
    return outcome;
  } finally {
    await browser.close();
  }
}

async function runTests(line: CommandLine): Promise<Outcome> {
  const server = await startServer({
    version,
    home: line.userData,
    extensions: line.extensions,
    log: artifact('server.log'),
    testDriver: true,
  });
  try {
    return await runInBrowser(line, server);
  } finally {
    await server.stop();
  }
}

/** @returns the exit code that runTests() sees */
export async function main(argv: string[]): Promise<number> {
  const outcome = await runTests(parseCommandLine(argv));
  if ('code' in outcome && outcome.code === 0) return 0;
  const why = 'failure' in outcome ? outcome.failure : `the tests ended with ${outcome.code}`;
  const logs = path.relative(process.cwd(), artifact('*'));
  console.error(`VS Code's server (${version}): ${why}; logs and screenshot: ${logs}`);
  return 'code' in outcome ? outcome.code : 70;
}
