#!/usr/bin/env node
import { setFlagsFromString } from "node:v8";
import { catchInterrupts } from "../src/cli/terminal/interrupts.ts";

const [command, ...rest] = process.argv.slice(2);
if (command === "complete") await complete(rest);
else await runProgram();

/** Answers the script of a shell, which the user waits for: without the program, whose loading takes longer. */
async function complete(argv: readonly string[]): Promise<void> {
  const { printCompletion } = await import("../src/cli/completion/complete.ts");
  await printCompletion(argv, import.meta.dirname, process);
}

async function runProgram(): Promise<void> {
  // Collect garbage earlier: without this an import of a million rows exceeds 250 MB.
  // docs/decisions/v8-heap-growing.md has the figures.
  setFlagsFromString("--heap-growing-percent=30");

  // Loading the program takes a moment, in which Ctrl-C must be answered too.
  const interrupts = catchInterrupts();
  const { start } = await import("../src/cli/start.ts");
  process.exitCode = await start(process.argv.slice(2), process, process.env, interrupts);
}
