// Compiled TypeScript is CommonJS here and cannot import(); this file is not compiled and can.
exports.startServer = async (options) => {
  const { startServer } = await import('../../../scripts/vscode-server/server.mjs');
  return startServer(options);
};

exports.findBrowser = async () => {
  const { browserCommands, findCommand } = await import('../../../scripts/commands.mjs');
  return findCommand(...browserCommands);
};
