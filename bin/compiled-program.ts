/**
 * Loads the bundled program with the code that V8 has compiled from it before, and that stands beside it in
 * program.cache: docs/decisions/bundled-program.md has the figures.
 */
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { Script } from "node:vm";

const PROGRAM = join(import.meta.dirname, "program.cjs");
const COMPILED_CODE = join(import.meta.dirname, "program.cache");

const require = createRequire(PROGRAM);

type Program = typeof import("./program.ts");

/** Loads the program as a module. */
export function requireProgram(): Program {
  return require(PROGRAM);
}

/** @param cachedData what V8 has compiled before; code of another version of V8, or for other flags, is not used */
export function loadProgram(cachedData: Buffer | null): { program: Program; script: Script } {
  // Collect garbage earlier: without this an import of a million rows exceeds 250 MB.
  // docs/decisions/v8-heap-growing.md has the figures.
  setFlagsFromString("--heap-growing-percent=30");
  // As Node wraps every CommonJS module. The bundler writes ASCII.
  const source = `(function (exports, require, module, __filename, __dirname) { ${readFileSync(PROGRAM, "latin1")}\n})`;
  const script = new Script(source, { filename: PROGRAM, ...(cachedData !== null && { cachedData }) });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, require, module, PROGRAM, import.meta.dirname);
  return { program: module.exports as Program, script };
}

/** Null where none has been kept, as after an installation without scripts. */
export function readCompiledCode(): Buffer | null {
  try {
    return readFileSync(COMPILED_CODE);
  } catch {
    return null;
  }
}

/** Keeps the functions of the program that have been compiled so far. A program that starts meanwhile sees all or none. */
export function keepCompiledCode(script: Script): void {
  const written = `${COMPILED_CODE}.${process.pid}`;
  writeFileSync(written, script.createCachedData());
  renameSync(written, COMPILED_CODE);
}
