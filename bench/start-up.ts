/**
 * npm run bench:start-up                how long short commands take as whole processes, beside Node alone
 * npm run bench:start-up -- --runs 30
 *
 * The commands run in turn, on SQLite with the 600 made-up communities of fixtures/communities.csv. On a machine that
 * does other work too, the shortest of the times says more than their median.
 */
import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { PROGRAM } from "./bench-database.ts";
import { markdown, median } from "./result-table.ts";

const { values: flags } = parseArgs({ options: { runs: { type: "string", default: "15" } } });

const COMMANDS: Record<string, string[]> = {
  "node -e 0": ["-e", "0"],
  "--version": [PROGRAM, "--version"],
  "--help": [PROGRAM, "--help"],
  sync: [PROGRAM, "sync"],
  "sync --changed": [PROGRAM, "sync", "--changed"],
  "verify --quiet": [PROGRAM, "verify", "--quiet"],
};

const folder = await mkdtemp(join(tmpdir(), "obc-sync-start-up-"));
const environment = { PATH: process.env.PATH, OBC_SYNC_DATABASE: join(folder, "obc.sqlite3") };
const samples = new Map(Object.keys(COMMANDS).map((name) => [name, [] as number[]]));
try {
  for (const step of [["migrate"], ["import", "geography"], ["import", "communities", "fixtures/communities.csv"]])
    run([PROGRAM, ...step]);
  for (let round = 0; round < Number(flags.runs); round += 1)
    for (const [name, args] of Object.entries(COMMANDS)) samples.get(name)?.push(run(args));
} finally {
  await rm(folder, { recursive: true });
}

const [alone = { middle: 0, least: 0 }] = [...samples.values()].map(summary);
console.log(
  markdown(
    ["command", "median", "ratio", "shortest", "ratio"],
    [...samples].map(([name, times]) => {
      const { middle, least } = summary(times);
      return [
        name,
        `${middle.toFixed(0)} ms`,
        (middle / alone.middle).toFixed(2),
        `${least.toFixed(0)} ms`,
        (least / alone.least).toFixed(2),
      ];
    }),
  ),
);

function summary(times: number[]) {
  return { middle: median(times), least: Math.min(...times) };
}

/**
 * @returns the time of the whole process in milliseconds
 * @throws Error with the output of the command if it fails
 */
function run(args: readonly string[]): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { env: environment, encoding: "utf8" });
  if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}: ${stderr}`);
  return performance.now() - started;
}
