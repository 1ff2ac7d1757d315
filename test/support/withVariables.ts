type Variables = Readonly<Record<string, string | undefined>>;

/** Runs `body` while this process has these variables, as has whatever is started by then. */
export async function withVariables<T>(variables: Variables, body: () => Promise<T>): Promise<T> {
  const before = Object.keys(variables).map((name) => [name, process.env[name]]);
  set(variables);
  try {
    return await body();
  } finally {
    set(Object.fromEntries(before) as Variables);
  }
}

function set(variables: Variables): void {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}
