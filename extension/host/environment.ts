/** Variables that would change how the child runs, or tell it of VS Code's own business. */
const foreign = /^(NODE_OPTIONS$|NODE_EXTRA_CA_CERTS$|ELECTRON_|VSCODE_|LD_)/;

/** The environment of the native host: ours without what is meant for VS Code; Electron's program acts as Node. */
export function hostEnvironment(own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(own).filter(([name]) => !foreign.test(name));
  return { ...Object.fromEntries(kept), ELECTRON_RUN_AS_NODE: '1' };
}
