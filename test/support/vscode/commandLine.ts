// The part of VS Code's command line that @vscode/test-electron and our own calls use.
import path from 'node:path';

export interface CommandLine {
  folder: string | undefined;
  developmentPaths: string[];
  testsPath: string;
  userData: string;
  extensions: string;
  disableExtensions: boolean;
}

export function parseCommandLine(argv: string[]): CommandLine {
  const values = (name: string) =>
    argv.filter((a) => a.startsWith(`--${name}=`)).map((a) => a.slice(name.length + 3));
  const last = (name: string): string => {
    const value = values(name).at(-1);
    if (!value) throw new Error(`--${name}=... is missing`);
    return path.resolve(value);
  };
  return {
    folder: argv.find((argument) => !argument.startsWith('--')),
    developmentPaths: values('extensionDevelopmentPath').map((folder) => path.resolve(folder)),
    testsPath: last('extensionTestsPath'),
    userData: last('user-data-dir'),
    extensions: last('extensions-dir'),
    disableExtensions: argv.includes('--disable-extensions'),
  };
}
