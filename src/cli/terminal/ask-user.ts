import { createInterface } from "node:readline/promises";
import { InterruptedError } from "../../core/errors.ts";
import type { OutputStream } from "./streams.ts";

/** Asks a yes-or-no question on the terminal. Without a terminal, the answer is no. */
export async function askUser(question: string, output: OutputStream, signal: AbortSignal): Promise<boolean> {
  const answer = await askLine(`${question} [y/N] `, output, signal);
  return answer !== null && /^y(es)?$/i.test(answer);
}

/** Asks for one line on the terminal; null without a terminal. */
export async function askLine(prompt: string, output: OutputStream, signal: AbortSignal): Promise<string | null> {
  if (process.stdin.isTTY !== true || output.isTTY !== true) return null;
  const terminal = createInterface({ input: process.stdin, output });
  // In raw mode, the terminal sends Ctrl-C as a key, not as a signal.
  const interrupted = new AbortController();
  terminal.once("SIGINT", () => interrupted.abort());
  // Ctrl-D ends the input: no answer will come.
  terminal.once("close", () => interrupted.abort());
  try {
    const answer = await terminal.question(prompt, { signal: AbortSignal.any([signal, interrupted.signal]) });
    return answer.trim();
  } catch (error) {
    if (error instanceof Error && error.name === "AbortError") throw new InterruptedError();
    throw error;
  } finally {
    terminal.close();
  }
}
