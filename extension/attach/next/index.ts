import type { HostApi } from '../../../views/hostApi';
import type { Memory } from '../../../views/memory';
import { InputHistory } from '../inputHistory';
import { AttachAnswers } from './attachAnswers';
import { HeldNotes } from './heldNotes';
import { NextProcesses } from './nextProcesses';

/** What is needed to debug processes from their start. */
export class Starts {
  readonly next: NextProcesses;
  readonly answers = new AttachAnswers();
  readonly heldNotes: HeldNotes;
  readonly patterns: InputHistory;
  readonly commands: InputHistory;

  constructor(host: HostApi, memory: Memory, log: (line: string) => void) {
    this.next = new NextProcesses(host, log);
    this.heldNotes = new HeldNotes(memory);
    this.patterns = new InputHistory(memory, 'attach.patterns');
    this.commands = new InputHistory(memory, 'attach.commands');
  }

  dispose(): void {
    this.next.dispose();
    this.answers.dispose();
  }
}
