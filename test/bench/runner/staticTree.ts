// A bench-only view of the same tree, all of it known beforehand, with and without the filter: the quickest that a view of
// as many rows can be that look like ours.
import type { ProcessRow } from '../../../native-host/protocol';
import type { BenchExtension } from './benchExtension';
import { needle } from './playedRows';

export const staticTreeTitle = 'Static Tree';

/** Keys that filter the static view and ours, and take the filter away. */
export const filterKeys = { ours: 'Control+Alt+1', theirs: 'Control+Alt+2', none: 'Control+Alt+3' };

const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M4 4h16v16H4z"/></svg>';
const binding = (command: string, key: string) => ({
  command,
  key: key.toLowerCase().replace('control', 'ctrl'),
});

export const staticTree = (rows: readonly ProcessRow[]): BenchExtension => ({
  name: 'static-tree',
  contributes: {
    viewsContainers: { activitybar: [{ id: 'static', title: staticTreeTitle, icon: 'icon.svg' }] },
    views: {
      static: [
        { id: 'static.rows', name: staticTreeTitle },
        { id: 'static.none', name: 'No Rows' },
      ],
    },
    keybindings: [
      binding('bench.filterOurs', filterKeys.ours),
      binding('bench.filterTheirs', filterKeys.theirs),
      binding('bench.filterNone', filterKeys.none),
    ],
  },
  activationEvents: ['onCommand:bench.filterOurs', 'onCommand:bench.filterNone'],
  files: {
    'icon.svg': icon,
    'rows.json': JSON.stringify(rows.map(({ pid, ppid, comm }) => [pid, ppid, comm])),
  },
  source: `
    const vscode = require('vscode');
    const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const rows = require('./rows.json');
    function build(wanted, prefix, isOpen) {
      const byPid = new Map(rows.map((row) => [row[0], row]));
      const shown = new Set();
      for (const row of rows.filter(wanted))
        for (let at = row; at && !shown.has(at[0]); at = byPid.get(at[1])) shown.add(at[0]);
      const below = new Map();
      const items = new Map();
      for (const [pid, ppid, comm] of rows) {
        if (!shown.has(pid)) continue;
        const highlights = isOpen && comm === '${needle}' ? [[0, comm.length]] : [];
        const item = new vscode.TreeItem({ label: comm, highlights }, None);
        const accessibilityInformation = { label: comm + ', process ' + pid + ', root' };
        const description = pid + ' · --config /etc/' + comm + '/' + pid + '.conf --verbose';
        const looks = { iconPath: new vscode.ThemeIcon('file-binary'), description, accessibilityInformation };
        Object.assign(item, looks, { id: prefix + pid, pid });
        items.set(pid, item);
        if (!below.has(ppid)) below.set(ppid, []);
        below.get(ppid).push(item);
      }
      for (const [pid, item] of items)
        if (below.has(pid)) item.collapsibleState = isOpen || pid === 1 ? Expanded : Collapsed;
      return below;
    }
    exports.activate = (context) => {
      const trees = [build(() => true, 'all ', false), build((row) => row[2] === '${needle}', 'some ', true)];
      let tree = trees[0];
      const changed = new vscode.EventEmitter();
      const treeDataProvider = {
        onDidChangeTreeData: changed.event,
        getChildren: (item) => tree.get(item ? item.pid : 0) ?? [],
        getTreeItem: (item) => item,
      };
      const none = { getChildren: () => [], getTreeItem: (row) => row };
      const show = (index) => { tree = trees[index]; changed.fire(undefined); };
      const ours = (filter) => vscode.commands.executeCommand('pidfd.filterProcesses', filter);
      context.subscriptions.push(
        vscode.window.createTreeView('static.rows', { treeDataProvider }),
        vscode.window.createTreeView('static.none', { treeDataProvider: none }),
        vscode.commands.registerCommand('bench.filterOurs', () => ours('${needle}')),
        vscode.commands.registerCommand('bench.filterTheirs', () => show(1)),
        vscode.commands.registerCommand('bench.filterNone', () => { show(0); return ours(''); }),
      );
    };`,
});
