// Real programs with names and arguments that a person can tell apart.
import { Actor } from '../support/actor';
import { buildFixtures } from '../support/buildFixtures';
import { inRepository } from '../support/vscode/server';

/** The actor goes on under another name; what it handled before is forgotten, as by any exec. */
export async function become(actor: Actor, name: string, ...args: string[]): Promise<Actor> {
  await actor.exec(buildFixtures().actor, name, ...args);
  await actor.ask('comm', name);
  return actor;
}

/** The actor becomes a Node.js program, and takes no more commands. */
export async function becomeNode(actor: Actor, ...args: string[]): Promise<Actor> {
  await actor.ask('chdir', inRepository('test/fixtures'));
  await actor.exec(process.execPath, 'node', 'server.cjs', ...args);
  return actor;
}

/** A parent that is the test's child, under a name. */
export async function startAs(name: string, ...args: string[]): Promise<Actor> {
  return become(await Actor.start(), name, ...args);
}

export async function forkAs(parent: Actor, name: string, ...args: string[]): Promise<Actor> {
  return become(await parent.fork(), name, ...args);
}
