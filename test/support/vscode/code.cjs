#!/usr/bin/env node
// The executable that runTests({ vscodeExecutablePath }) is given in place of a desktop's `code`.
const { main } = require('../../../out/test/support/vscode/shim.js');

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error) => {
    console.error(error);
    process.exit(70);
  },
);
