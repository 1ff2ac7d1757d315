// A headless Chromium. Nobody looks at it, so it runs without GPU, sandbox and background traffic.
import { type Browser, chromium } from 'playwright-core';
import { findBrowser } from './server';

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

export async function launchBrowser(): Promise<Browser> {
  const executablePath = await findBrowser();
  if (!executablePath) throw new Error('No Chromium on PATH (Debian: apt-get install chromium)');
  return chromium.launch({ executablePath, headless: true, args });
}
