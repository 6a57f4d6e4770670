/**
 * Two operations at once on PostgreSQL, interleaved at every statement: afterwards `sync --changed` leaves no difference.
 * RACES=all runs every pair: about 20 minutes.
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Knex } from "knex";
import { describe, expect, it } from "vitest";
import * as library from "../../../src/index.ts";
import { type TestDatabase, useDatabase } from "../../helpers/databases.ts";
import { expectCoveragesInStep } from "../../helpers/in-step.ts";
import { interleave } from "../../helpers/interleave.ts";
import { temporaryFolder } from "../../helpers/temporary-folder.ts";

const [BARANGAY, EMPTY_BARANGAY] = ["1001301001", "1001301005"];
const M = { level: "municipality", unit: "1001301000" } as const;
const P = { level: "province", unit: "1001300000" } as const;
const PATIENT = { lockTimeoutMs: 60_000 };

const manual = `update municipality_coverages set auto_sync = false, households = 900
  where municipality_id = (select id from municipalities where code = '${M.unit}')`;
const archived = (level: string, units: string, code: string) =>
  `update ${level}_coverages set is_deleted = true where ${level}_id = (select id from ${units} where code = '${code}')`;
const archivedM = archived("municipality", "municipalities", M.unit);
const archivedP = archived("province", "provinces", P.unit);

interface Operation {
  run: (knex: Knex) => Promise<unknown>;
  /** The state in which it has something to do. */
  before?: string;
}

/** The file to import; set by each test. */
let file = "";

const OPERATIONS: Record<string, Operation> = {
  sync: { run: (knex) => library.sync(knex, PATIENT) },
  "sync --changed": { run: (knex) => library.syncChanged(knex, PATIENT) },
  "sync --region": {
    run: (knex) => library.sync(knex, { ...PATIENT, scope: { kind: "region", units: ["10"] } }),
  },
  "import communities": { run: (knex) => library.importCommunities(knex, { ...PATIENT, file }) },
  "import geography": { run: (knex) => library.importGeography(knex, PATIENT) },
  "community set": { run: (knex) => library.updateCommunity(knex, BARANGAY, { households: 77 }, PATIENT) },
  "community add": { run: (knex) => library.createCommunity(knex, EMPTY_BARANGAY, { households: 5 }, PATIENT) },
  "community archive": { run: (knex) => library.archiveCommunity(knex, BARANGAY, PATIENT) },
  "community remove": { run: (knex) => library.removeCommunity(knex, BARANGAY, PATIENT) },
  "coverage auto M": { run: (knex) => library.setAutoSync(knex, M, true, PATIENT), before: manual },
  "coverage manual M": { run: (knex) => library.setAutoSync(knex, M, false, PATIENT) },
  "coverage set M": { run: (knex) => library.updateCoverage(knex, M, { households: 5 }, PATIENT), before: manual },
  "coverage archive M": { run: (knex) => library.softDelete(knex, M, PATIENT) },
  "coverage restore M": { run: (knex) => library.restore(knex, M, PATIENT), before: archivedM },
  revert: { run: (knex) => library.revert(knex, { ...PATIENT, run: "last" }) },
  "coverage auto P": {
    run: (knex) => library.setAutoSync(knex, P, true, PATIENT),
    before: "update province_coverages set auto_sync = false",
  },
  "coverage restore P": { run: (knex) => library.restore(knex, P, PATIENT), before: archivedP },
};

const KNOWN_RACES = [
  ["import communities", "coverage auto M"],
  ["community set", "coverage auto M"],
  ["community set", "coverage restore P"],
  ["coverage archive M", "coverage restore P"],
  ["coverage set M", "coverage auto P"],
  ["revert", "import communities"],
] as const;

const ALL = Object.keys(OPERATIONS).flatMap((one) => Object.keys(OPERATIONS).map((two) => [one, two] as const));

const PAIRS =
  process.env.RACES === "all"
    ? ALL
    : KNOWN_RACES.flatMap(
        ([one, two]) =>
          [
            [one, two],
            [two, one],
          ] as const,
      );

describe("two operations at once", () => {
  const database = useDatabase("postgres");

  it.each(PAIRS)(
    "%s, then %s in between",
    async (one, two) => {
      const [first, second] = [OPERATIONS[one], OPERATIONS[two]] as [Operation, Operation];
      file = join(temporaryFolder(), "communities.csv");
      await writeFile(file, `barangay_code,households\n${BARANGAY},66\n1001302001,4\n`);
      // The places are too many to be written at every statement.
      const step = [one, two].includes("import geography") ? 4 : 1;
      for (let statement = 1, more = true; more; statement += step) {
        await begin(database, [first, second]);
        more = await interleave(
          database.location,
          statement,
          (knex) => ifAllowed(first.run(knex)),
          (knex) => ifAllowed(second.run(knex)),
        );
        await library.syncChanged(database.knex);
        await expectCoveragesInStep(database);
        expect(await database.rows("select * from obc_sync_change_log")).toEqual([]);
      }
    },
    300_000,
  );
});

describe("a caller's transaction at read committed", () => {
  const database = useDatabase("postgres");
  const MOVES = {
    municipality: `update municipalities set province_id = (select id from provinces where code = '1004200000')
      where code = '${M.unit}'`,
    barangay: `update barangays set municipality_id = (select id from municipalities where code = '1004201000')
      where code = '${BARANGAY}'`,
  };
  const SYNCS: Record<string, (knex: Knex) => Promise<unknown>> = {
    "sync --changed": library.syncChanged,
    "sync --municipality": (knex) => library.syncForMunicipality(knex, M.unit),
    "sync --province": (knex) => library.sync(knex, { scope: { kind: "province", units: [P.unit] } }),
  };
  const CASES = Object.keys(SYNCS).flatMap((sync) => Object.keys(MOVES).map((place) => ({ sync, place })));

  it.each(CASES)(
    "loses nothing in $sync if a $place moves in between",
    async ({ sync, place }) => {
      for (let statement = 1, more = true; more; statement += 1) {
        await begin(database, [{ run: async () => {} }]);
        await database.rows(`update municipalities set province_id = (select id from provinces where code = '${P.unit}')
        where code = '${M.unit}'`);
        await library.syncChanged(database.knex);
        await database.rows(
          `update barangays set municipality_id = (select id from municipalities where code = '${M.unit}')
          where code = '${BARANGAY}'`,
        );
        await library.syncChanged(database.knex);
        await database.rows("update obc_communities set households = 50");
        more = await interleave(
          database.location,
          statement,
          (knex) => knex.transaction((transaction) => SYNCS[sync]?.(transaction) ?? Promise.reject()),
          (knex) => knex.raw(MOVES[place as keyof typeof MOVES]),
        );
        await library.syncChanged(database.knex);
        await expectCoveragesInStep(database);
        expect(await database.rows("select * from obc_sync_change_log")).toEqual([]);
      }
    },
    120_000,
  );
});

async function begin({ knex, rows }: TestDatabase, operations: readonly Operation[]): Promise<void> {
  await rows("truncate obc_communities, municipality_coverages, province_coverages, obc_sync_change_log");
  await rows(
    `insert into obc_communities (barangay_id, households)
     select id, 10 from barangays where code in ('${BARANGAY}', '1001301002', '1001302005', '1004201001')`,
  );
  await library.sync(knex);
  for (const { before } of operations) if (before !== undefined) await rows(before);
  await library.syncChanged(knex);
  await library.updateCommunity(knex, BARANGAY, { households: 12 });
}

/** The other operation may have changed the state so that this one is refused. */
async function ifAllowed(operation: Promise<unknown>): Promise<void> {
  await operation.catch((error) => {
    if (!(error instanceof library.UnitError)) throw error;
  });
}
