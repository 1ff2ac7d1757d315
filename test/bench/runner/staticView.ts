// A bench-only view whose rows are known beforehand: the quickest that a view of that many rows can be.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BenchExtension } from './benchExtension';

const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M4 4h16v16H4z"/></svg>';
const rowsFile = (dir: string) => path.join(dir, 'rows.json');

export const staticTitle = 'Static Rows';

/** Its activation waits for the view to be opened, as ours does. */
export const staticView = (dir: string): BenchExtension => ({
  name: 'static-view',
  contributes: {
    viewsContainers: { activitybar: [{ id: 'static', title: staticTitle, icon: 'icon.svg' }] },
    views: {
      // As beside ours there is a second one, without rows. Its place takes time to lay out, too.
      static: [
        { id: 'static.rows', name: staticTitle },
        { id: 'static.none', name: 'No Rows' },
      ],
    },
  },
  files: { 'icon.svg': icon },
  source: `
    const vscode = require('vscode');
    exports.activate = (context) => {
      const count = JSON.parse(require('node:fs').readFileSync(${JSON.stringify(rowsFile(dir))}));
      const rows = Array.from({ length: count }, (_, index) => new vscode.TreeItem('row ' + index));
      const treeDataProvider = { getChildren: () => rows, getTreeItem: (row) => row };
      const options = { treeDataProvider };
      context.subscriptions.push(vscode.window.createTreeView('static.rows', options));
      const none = { treeDataProvider: { getChildren: () => [], getTreeItem: (row) => row } };
      context.subscriptions.push(vscode.window.createTreeView('static.none', none));
    };`,
});

/** How many rows it shall have when it is activated next. */
export const setStaticRows = (dir: string, count: number): void =>
  writeFileSync(rowsFile(dir), String(count));
