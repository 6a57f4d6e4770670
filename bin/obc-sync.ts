#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { loadProgram, readCompiledCode, requireProgram } from "./compiled-program.ts";

const argv = process.argv.slice(2);
const require = createRequire(import.meta.url);
if (argv.length === 1 && (argv[0] === "--version" || argv[0] === "-V")) {
  // The program would say the same, but takes as long to load as Node itself.
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8"));
  process.stdout.write(`${version}\n`);
} else if (argv[0] === "complete") {
  const { printCompletion }: typeof import("./completion.ts") = require("./completion.cjs");
  await printCompletion(argv.slice(1), import.meta.dirname, process);
} else {
  // Node reads the source map of a module, but not of a script.
  const { run } = process.sourceMapsEnabled ? requireProgram() : loadProgram(readCompiledCode()).program;
  process.exitCode = await run(argv, process, process.env);
}
