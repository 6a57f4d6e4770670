import { createInterface } from "node:readline/promises";
import { InterruptedError } from "../core/errors.ts";

/** Asks a yes-or-no question on the terminal. Without a terminal, the answer is no. */
export async function askUser(question: string, output: NodeJS.WriteStream, signal: AbortSignal): Promise<boolean> {
  if (process.stdin.isTTY !== true || output.isTTY !== true) return false;
  const terminal = createInterface({ input: process.stdin, output });
  // In raw mode, the terminal sends Ctrl-C as a key, not as a signal.
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
