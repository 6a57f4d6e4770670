/**
 * The last step of `npm run build` and of an installation: runs some commands on a database of its own, and keeps the
 * code that V8 has compiled for them.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import type { Streams } from "../src/cli/terminal/streams.ts";
import { keepCompiledCode, loadProgram } from "./compiled-program.ts";

const COMMUNITIES = join(import.meta.dirname, "../../fixtures/communities.csv");

const COMMANDS = [
  ["--help"],
  ["migrate"],
  ["import", "geography"],
  ["import", "communities", COMMUNITIES],
  ["sync"],
  ["sync", "--changed"],
  ["sync", "--dry-run", "--json"],
  ["verify"],
  ["analyze"],
  ["history"],
];

const { program, script } = loadProgram(null);
const folder = mkdtempSync(join(tmpdir(), "obc-sync-"));
const environment = { OBC_SYNC_DATABASE: join(folder, "obc.sqlite3") };
try {
  for (const command of COMMANDS) {
    // The folder may have a configuration file.
    await program.run([...command, "--no-config"], { stdout: nowhere(), stderr: nowhere() }, environment);
  }
  keepCompiledCode(script);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function nowhere(): Streams["stdout"] {
  return new Writable({ write: (_chunk, _encoding, done) => done() }) as Streams["stdout"];
}
