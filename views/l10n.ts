type Argument = string | number | boolean;

export interface Translator {
  t(message: string, ...args: Argument[]): string;
}

/**
 * Models may not import vscode, and their sentences must be translated all the same: `extension.ts` hands VS Code's
 * own translator in, once, before anything is built. Until then, and in unit tests, sentences stay English.
 */
let translator: Translator = {
  t: (message, ...args) =>
    message.replace(/\{(\d+)\}/g, (whole, index: string) => String(args[Number(index)] ?? whole)),
};

export function useTranslator(next: Translator): void {
  translator = next;
}

export const l10n: Translator = { t: (message, ...args) => translator.t(message, ...args) };
