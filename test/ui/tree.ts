// The two trees of the side bar, used as a person uses them.
import type { Locator } from 'playwright-core';
import type { Workbench } from './driver';
import { eventually } from '../support/eventually';
import { patiently, soon } from './patiently';
import { fill } from './quickInput';

abstract class Tree {
  readonly pane: Locator;

  constructor(
    protected readonly workbench: Workbench,
    name: string,
  ) {
    // Between its name and the word VS Code puts what else stands in the title.
    const title = new RegExp(`^${name}\\b.* Section$`);
    const header = workbench.page.getByRole('button', { name: title });
    this.pane = workbench.page.locator('.pane', { has: header });
  }

  expand(): Promise<void> {
    return this.setExpanded(true);
  }

  /** Leaves its room to the others. */
  collapse(): Promise<void> {
    return this.setExpanded(false);
  }

  private async setExpanded(wanted: boolean): Promise<void> {
    const header = this.pane.locator('.pane-header');
    if ((await header.getAttribute('aria-expanded')) !== String(wanted)) await header.click();
  }

  get rows(): Locator {
    return this.pane.getByRole('treeitem');
  }

  abstract row(pid: number): Locator;

  choose(pid: number, path: string): Promise<void> {
    return this.chooseOn(this.row(pid), path);
  }

  /** By the menu that a right click opens, or by one in it: `Copy > Copy PID`. */
  async chooseOn(row: Locator, path: string): Promise<void> {
    this.workbench.chooseAgain = () => this.chooseOn(row, path);
    const [outer = '', inner] = path.split(' > ');
    await patiently(async () => {
      await this.openMenuOn(row, outer);
      if (inner !== undefined) await this.openSubmenu(outer, inner);
    });
    await this.take(inner ?? outer);
  }

  /** By the arrow key: a submenu opens under the pointer only after a while, and closes when that moves. */
  async openSubmenu(outer: string, inner: string): Promise<void> {
    await patiently(async () => {
      await this.menuItem(outer).hover(soon);
      await this.workbench.page.keyboard.press('ArrowRight');
      await this.menuItem(inner).waitFor(soon);
    });
  }

  openMenu(pid: number, item: string): Promise<void> {
    return this.openMenuOn(this.row(pid), item);
  }

  private async openMenuOn(row: Locator, item: string): Promise<void> {
    await patiently(async () => {
      await row.click({ button: 'right' });
      await this.menuItem(item).waitFor(soon);
      await this.requireMenuOf(row);
    });
  }

  /** Rows come and go: one that has moved under the pointer in between has its menu opened instead. */
  private async requireMenuOf(row: Locator): Promise<void> {
    const classes = await row.getAttribute('class', soon);
    if (classes?.split(' ').includes('focused')) return;
    await this.workbench.page.keyboard.press('Escape');
    throw new Error('the menu of another row was opened');
  }

  menuItem(title: string): Locator {
    return this.workbench.page.getByRole('menuitem', { name: title, exact: true });
  }

  /** By Enter: for a tenth of a second a new menu ignores clicks. It takes what the pointer has given the focus to. */
  async take(title: string): Promise<void> {
    const item = this.menuItem(title);
    await item.hover();
    await item.locator('xpath=ancestor::li[1][contains(@class, "focused")]').waitFor();
    await this.workbench.page.keyboard.press('Enter');
    await this.menuItem(title).waitFor({ state: 'detached' });
  }

  /**
   * A click that comes while the tree is drawn again opens or closes a row, and may not select it: or it hits the row
   * above, and this one is gone until that is opened again.
   */
  async select(row: Locator): Promise<void> {
    const { page } = this.workbench;
    const selected = row.and(page.locator('[aria-selected=true]'));
    await row.waitFor();
    await patiently(async () => {
      if (!(await row.isVisible())) await page.keyboard.press('ArrowRight');
      await row.click(soon);
      await selected.waitFor(soon);
    });
  }

  /** One that is selected, unless the click has closed it. */
  async close(row: Locator): Promise<void> {
    if ((await row.getAttribute('aria-expanded')) === 'true')
      await this.workbench.page.keyboard.press('ArrowLeft');
    await row.and(this.workbench.page.locator('[aria-expanded=false]')).waitFor();
  }

  /** A button that a row shows while the pointer is on it. */
  async clickInline(pid: number, title: string): Promise<void> {
    this.workbench.chooseAgain = () => this.clickInline(pid, title);
    await this.row(pid).hover();
    await this.row(pid).getByRole('button', { name: title }).click();
  }

  /** A button in the title of the view. */
  async clickTitle(title: string): Promise<void> {
    await this.pane.hover();
    await this.pane.locator('.pane-header').getByRole('button', { name: title }).click();
  }

  /** An entry of the menu in the title of the view, or of one in it: `Sort By > Name`. */
  async chooseTitle(path: string): Promise<void> {
    const [outer = '', inner] = path.split(' > ');
    await this.openTitleMenu(outer, inner);
    await this.take(inner ?? outer);
  }

  /** In a window that is just there the buttons still move, and another may have been clicked. */
  async openTitleMenu(outer: string, inner?: string): Promise<void> {
    await patiently(async () => {
      await this.clickTitle('More Actions');
      await this.menuItem(outer).waitFor(soon);
      if (inner !== undefined) await this.openSubmenu(outer, inner);
    });
  }
}

export class ProcessesTree extends Tree {
  constructor(workbench: Workbench) {
    super(workbench, 'Processes');
  }

  row(pid: number): Locator {
    return this.pane.getByRole('treeitem', { name: new RegExp(`, process ${pid}(,|$)`) });
  }

  /** A row above processes that have something in common. */
  group(label: RegExp): Locator {
    return this.pane.getByRole('treeitem', { name: label });
  }

  /** The line above the tree. */
  message(text: string | RegExp): Locator {
    return this.pane.locator('.message').getByText(text);
  }

  async filter(text: string): Promise<void> {
    await patiently(async () => {
      await this.workbench.command('Pidfd: Filter Processes...');
      await fill(this.workbench, text, 'Filter Processes');
      await this.workbench.page.keyboard.press('Enter');
      await this.message(`"${text}"`).waitFor(soon);
    });
  }
}

export class TargetsTree extends Tree {
  constructor(workbench: Workbench) {
    super(workbench, 'Targets');
  }

  row(pid: number): Locator {
    return this.pane.getByRole('treeitem', { name: new RegExp(`\\(pid ${pid}, `) });
  }
}

export class NamespacesTree extends Tree {
  constructor(workbench: Workbench) {
    super(workbench, 'Namespaces');
  }

  /** Whatever a test that failed has left it at: the title offers only the other way. */
  async group(by: 'Type' | 'Container'): Promise<void> {
    const offers = (way: string): Locator =>
      this.pane.getByRole('button', { name: `Group by ${way}` });
    const other = by === 'Type' ? 'Container' : 'Type';
    await this.pane.hover();
    await offers(by).or(offers(other)).waitFor();
    if (await offers(by).isVisible()) await offers(by).click();
    await offers(other).waitFor();
  }

  /** Of a process, wherever it stands first. */
  row(pid: number): Locator {
    return this.pane.getByRole('treeitem', { name: new RegExp(`, process ${pid}(,|$)`) }).first();
  }

  /** Of a type, a namespace or a container. */
  place(label: string | RegExp): Locator {
    return this.pane.getByRole('treeitem', { name: label }).first();
  }

  /** Opens a row that has others below it. A click that comes while the tree is drawn again is lost. */
  async open(place: Locator): Promise<void> {
    const isOpen = async () => (await place.getAttribute('aria-expanded')) === 'true';
    await patiently(async () => {
      if (await isOpen()) return;
      await place.click();
      await eventually('the row is open', isOpen, soon.timeout);
    });
  }
}
