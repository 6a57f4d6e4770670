/**
 * The second step of `npm run build`: bundles the compiled command line into a few files. Loading some 500 modules one by
 * one takes a third of the time of a short command: docs/decisions/bundled-program.md has the figures.
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const outdir = join(import.meta.dirname, "..", "dist", "bin");

/** The drivers remain packages: one has native code, and tools that trace the other find it by its name. */
const DRIVERS = ["better-sqlite3", "pg"];

/** Drivers that Knex loads only for databases that this program does not support. */
const OTHER_DRIVERS = ["mariadb", "mysql", "mysql2", "oracledb", "pg-native", "pg-query-stream", "sqlite3", "tedious"];

/** The chunks of earlier builds have other names. */
rmSync(join(outdir, "chunks"), { recursive: true, force: true });

await build({
  entryPoints: [join(outdir, "obc-sync.js")],
  outdir,
  allowOverwrite: true,
  bundle: true,
  // Keeps the dynamic imports apart, so that a command still loads only what it needs.
  splitting: true,
  chunkNames: "chunks/[name]-[hash]",
  platform: "node",
  target: "node20",
  format: "esm",
  external: [...DRIVERS, ...OTHER_DRIVERS],
  // Knex is CommonJS and calls require for Node's own modules. The name is one that no bundled module declares.
  banner: {
    js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
  },
  legalComments: "inline",
  logLevel: "warning",
});
