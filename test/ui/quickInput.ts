// What VS Code asks at the top of the window, and its modal questions.
import type { Locator } from 'playwright-core';
import type { Workbench } from './driver';

export const quickInput = ({ page }: Workbench): Locator => page.locator('.quick-input-widget');

/** An entry of the list. */
export const entry = (workbench: Workbench, text: string | RegExp): Locator =>
  quickInput(workbench).locator('.monaco-list-row', { hasText: text }).first();

/** Waits for the question with this title or placeholder, so that the text does not reach the one before it. */
export async function fill(workbench: Workbench, text: string, question?: string): Promise<void> {
  const input = quickInput(workbench).locator('input.input').first();
  if (question) await quickInput(workbench).getByText(question).first().waitFor();
  await input.fill(text);
}

export async function enter(workbench: Workbench, text: string): Promise<void> {
  await fill(workbench, text);
  await workbench.page.keyboard.press('Enter');
}

/** A modal question. */
export const dialog = ({ page }: Workbench): Locator => page.locator('.monaco-dialog-box');

export async function answer(workbench: Workbench, button: string): Promise<void> {
  await dialog(workbench).getByRole('button', { name: button, exact: true }).click();
  await dialog(workbench).waitFor({ state: 'detached' });
}
