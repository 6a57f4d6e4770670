/**
 * Two processes that write at the same time, on both databases: afterwards `sync --changed` leaves no difference.
 * RACES=all runs every pair 40 times.
 */
import { rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { onEveryDatabase } from "../helpers/databases.ts";
import { expectCoveragesInStep } from "../helpers/in-step.ts";

const [BARANGAY, EMPTY_BARANGAY, M, P] = ["1001301001", "1001301005", "1001301000", "1001300000"];
const ofLevel = (level: string) => ["--level", level];

const MANUAL = `update municipality_coverages set auto_sync = false, households = 900
  where municipality_id = (select id from municipalities where code = '${M}')`;
const archived = (level: string, units: string, code: string) =>
  `update ${level}_coverages set is_deleted = true where ${level}_id = (select id from ${units} where code = '${code}')`;

interface Command {
  args: string[];
  /** The state in which it has something to do. */
  before?: string;
}

const FILE = join(tmpdir(), `obc-sync-races-${process.pid}.csv`);

const COMMANDS: Record<string, Command> = {
  sync: { args: ["sync"] },
  "sync --changed": { args: ["sync", "--changed"] },
  "sync --region": { args: ["sync", "--region", "10"] },
  "import communities": { args: ["import", "communities", FILE] },
  "import geography": { args: ["import", "geography"] },
  "community set": { args: ["community", "set", BARANGAY, "households=77"] },
  "community add": { args: ["community", "add", EMPTY_BARANGAY, "households=5"] },
  "community archive": { args: ["community", "archive", BARANGAY] },
  "community remove": { args: ["community", "remove", BARANGAY, "--yes"] },
  "coverage auto M": { args: ["coverage", "auto", M, ...ofLevel("municipality")], before: MANUAL },
  "coverage manual M": { args: ["coverage", "manual", M, ...ofLevel("municipality")] },
  "coverage set M": { args: ["coverage", "set", M, "households=5", ...ofLevel("municipality")], before: MANUAL },
  "coverage archive M": { args: ["coverage", "archive", M, ...ofLevel("municipality")] },
  "coverage restore M": {
    args: ["coverage", "restore", M, ...ofLevel("municipality")],
    before: archived("municipality", "municipalities", M),
  },
  revert: { args: ["revert", "--last"] },
  "coverage auto P": {
    args: ["coverage", "auto", P, ...ofLevel("province")],
    before: "update province_coverages set auto_sync = false",
  },
  "coverage restore P": {
    args: ["coverage", "restore", P, ...ofLevel("province")],
    before: archived("province", "provinces", P),
  },
};

const names = Object.keys(COMMANDS);
const EVERY_PAIR = names.flatMap((one, index) => names.slice(index).map((two) => [one, two] as const));
const KNOWN_RACES = [
  ["import communities", "coverage auto M"],
  ["community set", "coverage restore P"],
  ["coverage archive M", "coverage restore P"],
  ["sync --changed", "community set"],
  ["import communities", "revert"],
  ["community set", "revert"],
] as const;

const isLong = process.env.RACES === "all";
const REPEATS = isLong ? 40 : 3;

const REFUSED =
  /^error: .* (already has|has no|is automatic|has an archived|is calculated|there is no|the last run was|run \d+ (cannot be reverted|is reverted))/;

afterAll(() => rm(FILE, { force: true }));

onEveryDatabase("two processes at once", (database) => {
  /** Each process waits for the other, for longer than a busy machine needs. */
  const run = async ({ args }: Command) => {
    const { exitCode, stderr } = await database.obcSync([...args, "--quiet", "--lock-timeout", "60"]);
    // The other may have changed the state so that this one is refused.
    const isRefused = REFUSED.test(stderr);
    expect(isRefused ? 0 : exitCode, stderr).toBe(0);
  };

  it.each(isLong ? EVERY_PAIR : KNOWN_RACES)(
    "%s beside %s lose nothing",
    async (one, two) => {
      const commands = [COMMANDS[one], COMMANDS[two]] as [Command, Command];
      await writeFile(FILE, `barangay_code,households\n${BARANGAY},66\n1001302001,4\n`);
      for (let repeat = 0; repeat < REPEATS; repeat += 1) {
        for (const table of [
          "obc_communities",
          "municipality_coverages",
          "province_coverages",
          "obc_sync_change_log",
          "obc_sync_run_values",
          "obc_sync_runs",
        ]) {
          await database.rows(`delete from ${table}`);
        }
        await database.rows(
          `insert into obc_communities (barangay_id, households)
           select id, 10 from barangays where code in ('${BARANGAY}', '1001301002', '1001302005', '1004201001')`,
        );
        await database.obcSync(["sync"]);
        for (const { before } of commands) if (before !== undefined) await database.rows(before);
        await database.obcSync(["sync", "--changed"]);
        await database.obcSync(["community", "set", BARANGAY, "households=12"]);
        await Promise.all(commands.map(run));
        expect((await database.obcSync(["sync", "--changed"])).exitCode).toBe(0);
        await expectCoveragesInStep(database);
        expect(await database.rows("select * from obc_sync_change_log")).toEqual([]);
      }
    },
    600_000,
  );
});
