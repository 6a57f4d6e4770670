#!/usr/bin/env node
import { setFlagsFromString } from "node:v8";
import { catchInterrupts } from "../src/cli/terminal/interrupts.ts";

// Collect garbage earlier: without this an import of a million rows exceeds 250 MB.
// docs/decisions/v8-heap-growing.md has the figures.
setFlagsFromString("--heap-growing-percent=30");

// Loading the program takes a moment, in which Ctrl-C must be answered too.
const interrupts = catchInterrupts();
const { start } = await import("../src/cli/start.ts");
process.exitCode = await start(process.argv.slice(2), process, process.env, interrupts);
