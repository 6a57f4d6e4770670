/**
 * The third step of `npm run build`: bundles the compiled command line into one file, and completion into another. Loading some 600 modules one by
 * one takes most of the time of a short command: docs/decisions/bundled-program.md has the figures.
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const outdir = join(import.meta.dirname, "..", "dist", "bin");

/** The drivers remain packages: one has native code, and tools that trace the other find it by its name. */
const DRIVERS = ["better-sqlite3", "pg"];

/** Drivers that Knex loads only for databases that this program does not support. */
const OTHER_DRIVERS = ["mariadb", "mysql", "mysql2", "oracledb", "pg-native", "pg-query-stream", "sqlite3", "tedious"];

const common = { outdir, allowOverwrite: true, bundle: true, platform: "node", target: "node20", logLevel: "warning" };

/** CommonJS, because Node 20 keeps compiled code of scripts only. Names stay, so that a stack can be read. */
await build({
  ...common,
  entryPoints: ["program.js", "completion.js"].map((name) => join(outdir, name)),
  format: "cjs",
  outExtension: { ".js": ".cjs" },
  external: [...DRIVERS, ...OTHER_DRIVERS],
  supported: { "dynamic-import": false },
  define: { "import.meta.url": "moduleUrl" },
  banner: { js: 'const moduleUrl = require("node:url").pathToFileURL(__filename).href;' },
  sourcemap: "linked",
  sourcesContent: false,
  legalComments: "inline",
});

await build({ ...common, entryPoints: ["obc-sync.js", "warm-up.js"].map((name) => join(outdir, name)), format: "esm" });
for (const name of ["program.js", "completion.js", "compiled-program.js", "derived-files.js"])
  rmSync(join(outdir, name));
