/** Operations of every kind that write, on the command line and in the library. */
import { expect } from "vitest";
import * as library from "../../../src/index.ts";
import type { TestDatabase } from "../../helpers/databases.ts";
import { addCommunity } from "../../helpers/plain-sql.ts";
import { written } from "../../helpers/temporary-folder.ts";

export const DAMULOG = "1001302000";
export const BUKIDNON = "1001300000";
const municipality = { level: "municipality", unit: DAMULOG } as const;
const province = { level: "province", unit: BUKIDNON } as const;

export type Act = (database: TestDatabase) => Promise<unknown>;

export interface Operation {
  /** The name of the run. */
  command: string;
  act: Act;
  /** Without it, the coverages are as a sync left them. */
  before?: Act;
  /** Whether the operation changes nothing: a run without values. */
  changesNothing?: true;
}

/** The command line. */
export const cli =
  (...args: string[]): Act =>
  async (database) => {
    const { exitCode, stderr } = await database.obcSync(args);
    expect(exitCode, stderr).toBe(args.includes("--skip-invalid") ? 3 : 0);
  };

/** Several, one after the other. */
export const both =
  (...acts: Act[]): Act =>
  async (database) => {
    for (const act of acts) await act(database);
  };

/** Changes communities of Damulog as another program does. */
export const raise: Act = ({ rows }) =>
  rows(
    `update obc_communities set households = households + 7, women_count = 5
      where barangay_id in (select id from barangays where code like '1001302%')`,
  );

export const LINES = ["1001302001,10,4,", "1001302002,25,,new", "1001302004,40,6,ñ 'q' \"d\"", "1001301001,5,1,"];

export function importing(lines: readonly string[], ...flags: string[]): Act {
  return (database) => {
    const file = written("list.csv", "barangay_code,households,women_count,notes", ...lines);
    return cli("import", "communities", file, ...flags)(database);
  };
}

const onMunicipality = ["--level", "municipality"];
const onProvince = ["--level", "province"];
const coverage = (action: string, ...args: string[]) => cli("coverage", action, ...args);

export const OPERATIONS: Record<string, Operation> = {
  sync: { command: "sync", before: raise, act: cli("sync") },
  "sync with nothing to do": { command: "sync", act: cli("sync"), changesNothing: true },
  "sync --province": { command: "sync", before: raise, act: cli("sync", "--province", "Bukidnon") },
  "sync --no-provinces": { command: "sync", before: raise, act: cli("sync", "--no-provinces") },
  "sync --changed": { command: "sync", before: raise, act: cli("sync", "--changed") },
  "sync --changed after a repair": {
    command: "sync",
    before: both(raise, async ({ kind, rows }) => {
      const on = kind === "sqlite" ? "" : " on obc_communities";
      await rows(`drop trigger obc_sync_communities_update${on}`);
    }),
    act: cli("sync", "--changed"),
  },
  import: { command: "import", act: importing(LINES) },
  "import --no-sync": { command: "import", act: importing(LINES, "--no-sync") },
  "import --blank clear": { command: "import", act: importing(LINES, "--blank", "clear") },
  "import --on-conflict skip": { command: "import", act: importing(LINES, "--on-conflict", "skip") },
  "import --create-empty": { command: "import", act: importing(["1001302006,,,", ...LINES], "--create-empty") },
  "import --skip-invalid": {
    command: "import",
    act: importing(["1001302006,many,,", "1001302006,1,,", "1001399999,1,,", ...LINES], "--skip-invalid"),
  },
  "import --archive-missing": {
    command: "import",
    act: importing(LINES, "--archive-missing", "--province", "Bukidnon", "--yes"),
  },
  "import of stale coverages": { command: "import", before: raise, act: importing(LINES) },
  "import of an archived community": {
    command: "import",
    before: cli("community", "archive", "1001302002"),
    act: importing(LINES),
  },
  "import of what is stored": {
    command: "import",
    before: importing(LINES),
    act: importing(LINES),
    changesNothing: true,
  },
  "community add": { command: "community add", act: cli("community", "add", "1001302004", "households=3", "notes=x") },
  "community set": {
    command: "community set",
    act: cli("community", "set", "1001302001", "households=", "latitude=7.5"),
  },
  "community set to what it is": {
    command: "community set",
    act: cli("community", "set", "1001302001", "households=10"),
    changesNothing: true,
  },
  "community archive": { command: "community archive", act: cli("community", "archive", "1001302001") },
  "community restore": {
    command: "community restore",
    before: cli("community", "archive", "1001302001"),
    act: cli("community", "restore", "1001302001"),
  },
  "community remove": { command: "community remove", act: cli("community", "remove", "1001302001", "--yes") },
  "community remove of an archived one": {
    command: "community remove",
    before: cli("community", "archive", "1001302001"),
    act: cli("community", "remove", "1001302001", "--yes"),
  },
  ...Object.fromEntries(
    (
      [
        [DAMULOG, onMunicipality],
        [BUKIDNON, onProvince],
      ] as const
    ).flatMap(([unit, level]): Array<[string, Operation]> => {
      const given = [unit, ...level];
      const set = coverage("set", unit, "households=5000000000", "key_municipalities=x", ...level);
      const figures =
        level === onProvince ? set : coverage("set", unit, "households=5000000000", "csos_count=", ...level);
      return [
        [`coverage archive ${level[1]}`, { command: "coverage archive", act: coverage("archive", ...given) }],
        [
          `coverage restore ${level[1]}`,
          {
            command: "coverage restore",
            before: both(coverage("archive", ...given), raise, cli("sync")),
            act: coverage("restore", ...given),
          },
        ],
        [`coverage manual ${level[1]}`, { command: "coverage manual", act: coverage("manual", ...given) }],
        [`coverage set ${level[1]}`, { command: "coverage set", before: coverage("manual", ...given), act: figures }],
        [
          `coverage auto ${level[1]}`,
          {
            command: "coverage auto",
            before: both(coverage("manual", ...given), figures),
            act: coverage("auto", ...given),
          },
        ],
        [
          `coverage set of an automatic ${level[1]}`,
          { command: "coverage set", act: coverage("set", unit, "existing_support_programs=seeds, boats", ...level) },
        ],
      ];
    }),
  ),
  "coverage manual of a unit without one": { command: "coverage manual", act: coverage("manual", "1001303000") },
  "revert of an import": { command: "revert", before: importing(LINES), act: cli("revert", "--last") },
  "revert of a removal": {
    command: "revert",
    before: cli("community", "remove", "1001302001", "--yes"),
    act: cli("revert", "--last"),
  },
  "revert of a sync": { command: "revert", before: both(raise, cli("sync")), act: cli("revert", "--last") },
  "revert --force": {
    command: "revert",
    before: both(importing(LINES), cli("community", "set", "1001302002", "households=1")),
    act: cli("revert", "2", "--force"),
  },
  // The library.
  bulkSyncCommunities: {
    command: "bulkSyncCommunities",
    before: raise,
    act: ({ knex }) => library.bulkSyncCommunities(knex, ["1001302001"]),
  },
  bulkRefreshMunicipalities: {
    command: "bulkRefreshMunicipalities",
    before: raise,
    act: ({ knex }) => library.bulkRefreshMunicipalities(knex, [DAMULOG], { syncProvincial: false }),
  },
  bulkSyncMunicipalities: {
    command: "bulkSyncMunicipalities",
    before: both(raise, cli("sync", "--no-provinces")),
    act: ({ knex }) => library.bulkSyncMunicipalities(knex, [DAMULOG]),
  },
  bulkRefreshProvinces: {
    command: "bulkRefreshProvinces",
    before: both(raise, cli("sync", "--no-provinces")),
    act: ({ knex }) => library.bulkRefreshProvinces(knex, [BUKIDNON]),
  },
  syncEntireHierarchy: {
    command: "syncEntireHierarchy",
    before: raise,
    act: ({ knex }) => library.syncEntireHierarchy(knex, { region: "10" }),
  },
  syncChanged: { command: "syncChanged", before: raise, act: ({ knex }) => library.syncChanged(knex) },
  syncForMunicipality: {
    command: "bulkRefreshMunicipalities",
    before: raise,
    act: ({ knex }) => library.syncForMunicipality(knex, DAMULOG),
  },
  syncForProvince: {
    command: "bulkRefreshProvinces",
    before: both(raise, cli("sync", "--no-provinces")),
    act: ({ knex }) => library.syncForProvince(knex, BUKIDNON),
  },
  refreshFromCommunities: {
    command: "refreshFromCommunities",
    before: raise,
    act: ({ knex }) => library.refreshFromCommunities(knex, DAMULOG),
  },
  refreshFromMunicipalities: {
    command: "refreshFromMunicipalities",
    before: both(raise, cli("sync", "--no-provinces")),
    act: ({ knex }) => library.refreshFromMunicipalities(knex, BUKIDNON),
  },
  "createCommunity without a value": {
    command: "community add",
    act: ({ knex }) => library.createCommunity(knex, "1001302004", {}),
  },
  updateCommunity: {
    command: "community set",
    act: ({ knex }) =>
      library.updateCommunity(knex, "1001302001", { households: 3, latitude: 7.123456789012345, notes: "" }),
  },
  setAutoSync: { command: "coverage manual", act: ({ knex }) => library.setAutoSync(knex, municipality, false) },
  softDelete: { command: "coverage archive", act: ({ knex }) => library.softDelete(knex, province) },
  importCommunities: {
    command: "import",
    act: ({ knex }) =>
      library.importCommunities(knex, {
        file: written("list.csv", "barangay_code,latitude,notes", "1001302001,7.1234567890123456,x"),
      }),
  },
  "two operations in one transaction": {
    command: "community set",
    before: ({ knex }) =>
      knex.transaction(async (transaction) => {
        await library.archiveCommunity(transaction, "1001302002");
        await library.updateCommunity(transaction, "1001302001", { households: 3 });
      }),
    act: ({ knex }) =>
      knex.transaction((transaction) => library.updateCommunity(transaction, "1001302001", { households: 4 })),
  },
};

/** Five communities and their coverages, then what `before` does. */
export async function prepare(database: TestDatabase, before?: Act): Promise<void> {
  const figures = { households: 10, women_count: 4 };
  for (const code of ["1001302001", "1001302002", "1001302003", "1001301001", "1004201001"]) {
    await addCommunity(database, code, figures);
  }
  await cli("sync")(database);
  await before?.(database);
}
