import { createInterface } from "node:readline/promises";
import { InterruptedError } from "../core/errors.ts";

/** Asks a yes-or-no question on the terminal. Off a terminal nobody can be asked, and the answer is no. */
export async function askUser(question: string, output: NodeJS.WriteStream, signal: AbortSignal): Promise<boolean> {
  if (process.stdin.isTTY !== true || output.isTTY !== true) return false;
  const terminal = createInterface({ input: process.stdin, output });
  // On a terminal in raw mode Ctrl-C comes as a key, not as a signal.
  const interrupted = new AbortController();
  terminal.once("SIGINT", () => interrupted.abort());
  try {
    const answer = await terminal.question(`${question} [y/N] `, {
      signal: AbortSignal.any([signal, interrupted.signal]),
    });
    return /^y(es)?$/i.test(answer.trim());
  } catch (error) {
    if (error instanceof Error && error.name === "AbortError") throw new InterruptedError();
    throw error;
  } finally {
    terminal.close();
  }
}
