#!/usr/bin/env node
import { setFlagsFromString } from "node:v8";
import { main } from "../src/cli/main.ts";

// Collect garbage earlier: without this an import of a million rows exceeds 250 MB.
// docs/decisions/v8-heap-growing.md has the figures.
setFlagsFromString("--heap-growing-percent=30");

process.exitCode = await main(process.argv.slice(2), process, process.env);
