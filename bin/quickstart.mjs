#!/usr/bin/env node
/**
 * npm run quickstart: runs the whole workflow once, on made-up communities in real barangays, and shows each command.
 * It must run with only Node and npm, on any system, so it is plain JavaScript without dependencies.
 *
 *     npm run quickstart
 *     npm run quickstart -- --database postgres://user@host/database
 *
 * Its figures are made up, so it works on ./obc.sqlite3 unless told otherwise: OBC_SYNC_DATABASE and DATABASE_URL, which
 * may name a database in use, do not count. A database with other communities is refused before anything is written.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

const project = join(import.meta.dirname, "..");
const program = join(project, "dist", "bin", "obc-sync.js");

/** How many of the first and the last lines to show of an output that is longer than the digest of a sync. */
const SHOWN = { first: 8, last: 8, inFull: 60 };

const COMMUNITIES = "fixtures/communities.csv";

const STEPS = [
  ["migrate"],
  ["import", "geography"],
  ["import", "communities", COMMUNITIES, "--no-sync"],
  ["sync", "--dry-run"],
  ["sync"],
  ["verify"],
];

const NEXT = `
Try next:
  npx obc-sync report --output report.html                the figures as a page to read, send and print, with a map
  npx obc-sync export coverages --output coverages.xlsx   the same figures as a workbook
  npx obc-sync history                                    what every run changed, and who ran it
  npx obc-sync verify --details                           the totals of every field at all levels
  npx obc-sync sync --province Bukidnon --dry-run         one province only
  npx obc-sync import communities YOUR.csv --dry-run      what your own file would change
  npx obc-sync --help                                     every command; docs/README.md lists the pages about them
`;

function main() {
  const { values } = parseArgs({ options: { database: { type: "string" } } });
  const database = values.database ?? "./obc.sqlite3";
  if (!isInstalled()) npm(["ci", "--no-fund", "--no-audit", "--loglevel=error"]);
  npm(["run", "--silent", "build"]);
  refuseOtherCommunities(database);
  say(`\nThe communities that follow are made up; they are written to ${withoutPassword(database)}\n`);
  const outputs = STEPS.map((step) => obcSync(step, database));
  const changed = outputs.some((output) => /^Migrated|\b[1-9][\d,]* (created|updated|removed)\b/m.test(output));
  if (!changed) say("\nNothing changed: everything was already in place.\n");
  if (values.database !== undefined || process.env.OBC_SYNC_DATABASE || process.env.DATABASE_URL)
    say(`\nThe commands below need --database ${withoutPassword(database)}, or OBC_SYNC_DATABASE set to it.`);
  say(NEXT);
}

/**
 * Whether node_modules already holds what package-lock.json names. `npm ci` would delete it and install everything
 * again, which takes minutes if better-sqlite3 has to be compiled.
 */
function isInstalled() {
  // npm writes this file at the end of an install.
  const record = join(project, "node_modules", ".package-lock.json");
  if (!existsSync(record)) return false;
  const installed = packagesOf(record);
  const { "": _project, ...locked } = packagesOf(join(project, "package-lock.json"));
  // Optional packages are installed only on the platform that they are for.
  return Object.entries(locked).every(([path, { integrity, optional }]) =>
    path in installed ? installed[path].integrity === integrity : optional,
  );
}

function packagesOf(lockFile) {
  return JSON.parse(readFileSync(lockFile, "utf8")).packages;
}

function npm(args) {
  say(`$ npm ${args.filter((arg) => !arg.startsWith("--")).join(" ")}\n`);
  // npm run sets the path of npm. Without it, a shell is needed to find npm.cmd on Windows.
  const own = process.env.npm_execpath;
  const options = { cwd: project, stdio: "inherit" };
  const { status } = own?.endsWith(".js")
    ? spawnSync(process.execPath, [own, ...args], options)
    : spawnSync("npm", args, { ...options, shell: process.platform === "win32" });
  if (status !== 0) process.exit(status ?? 1);
}

/** Ends here where the database has communities that the quickstart did not make, or that have been changed since. */
function refuseOtherCommunities(database) {
  const analysis = answerOf(["analyze"], database);
  if (["DATABASE_MISSING", "GEOGRAPHY_MISSING"].includes(analysis.error?.code)) return;
  if (analysis.error?.code === "DATABASE_NOT_MIGRATED") {
    // Either nothing is there yet, or the tables of another version, which may hold anything.
    const { applied } = answerOf(["migrate", "--status"], database);
    if (applied?.length === 0) return;
  }
  if (analysis.error !== undefined) fail(analysis.error.message, analysis.error.hint);
  const active = analysis.regions.reduce((sum, { communities }) => sum + communities, 0);
  const stored = active + analysis.checks.find(({ id }) => id === "archived-communities").count;
  if (stored === 0) return;
  // Communities as the quickstart made them are unchanged by its file.
  const dryRun = answerOf(["import", "communities", COMMUNITIES, "--no-sync", "--dry-run"], database);
  if (dryRun.error !== undefined) fail(dryRun.error.message, dryRun.error.hint);
  if (stored === dryRun.unchanged) return;
  fail(
    `${withoutPassword(database)} has ${(stored - dryRun.unchanged).toLocaleString("en-US")} communities that the quickstart did not make, or that were changed since`,
    "Nothing was written. Name another database, for example: npm run quickstart -- --database ./try.sqlite3",
  );
}

/** The JSON document that a command of the program prints, also where it fails. */
function answerOf(args, database) {
  return JSON.parse(run([...args, "--json"], database).stdout);
}

function fail(message, hint) {
  process.stderr.write(`\nerror: ${message}\nhint:  ${hint}\n`);
  process.exit(1);
}

/** Runs a command of the program and shows its output, shortened if it is long. Exits if the command fails. */
function obcSync(args, database) {
  say(`\n$ obc-sync ${args.join(" ")}\n`);
  const { status, stdout } = run(args, database);
  say(shortened(stdout ?? ""));
  if (status !== 0) process.exit(status ?? 1);
  return stdout;
}

function run(args, database) {
  return spawnSync(process.execPath, [program, ...args], {
    cwd: project,
    env: { ...process.env, OBC_SYNC_DATABASE: database },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 64 * 1024 ** 2,
  });
}

function shortened(text) {
  const lines = text.split("\n");
  const left = lines.length - 1 - SHOWN.first - SHOWN.last;
  if (left <= 1 || lines.length <= SHOWN.inFull) return text;
  return [
    ...lines.slice(0, SHOWN.first),
    `  ... ${left.toLocaleString("en-US")} more lines; run the command yourself to see them`,
    ...lines.slice(-SHOWN.last - 1),
  ].join("\n");
}

function withoutPassword(database) {
  return database.replace(/(:\/\/[^:@/]*):[^@]*@/, "$1@").replace(/(pass\w*=)[^&]*/gi, "$1***");
}

function say(text) {
  process.stdout.write(text);
}

main();
