/** Exports with asOf: figures as they stood. RUNS=50 sets the number of random operations. */
import Papa from "papaparse";
import { expect, it } from "vitest";
import type { PointInTime } from "../../src/core/figures/point-in-time.ts";
import * as library from "../../src/index.ts";
import { randomOperations } from "../db/runs/random-operations.ts";
import { onEveryDatabase, type TestDatabase } from "../helpers/databases.ts";

const OPERATIONS = Number(process.env.RUNS ?? 15);

/** Every community and every coverage, archived ones too, as CSV, and what is said about them. */
async function exported({ knex }: TestDatabase, asOf?: PointInTime) {
  let csv = "";
  const options = {
    asOf,
    archived: true,
    write: async (text: string) => {
      csv += text;
      return true;
    },
  };
  const nothing = (error: unknown) => {
    if (!(error instanceof library.UnitError && error.code === "NOTHING_FOUND")) throw error;
    return null;
  };
  const communities = await library.exportCommunities(knex, options).catch(nothing);
  const coverages = await library.exportCoverages(knex, { ...options, level: "all" }).catch(nothing);
  return { csv, communities: communities?.asOf ?? null, coverages: coverages?.asOf ?? null };
}

function idOf(code: string): string {
  return `(select id from barangays where code = '${code}')`;
}

/** What a report says that does not depend on when it is made. */
async function reported({ knex }: TestDatabase, asOf?: PointInTime) {
  const { regions, totals, completeness } = await library.report(knex, {
    asOf,
    scope: { kind: "region", units: ["10"] },
  });
  return { regions, totals, completeness };
}

async function newestRun({ knex }: TestDatabase): Promise<number> {
  return (await library.history(knex, { limit: 1 })).runs[0]?.id ?? 0;
}

onEveryDatabase("figures as of a run", (database) => {
  it(`equal the export that was made then, for each of ${OPERATIONS} random operations`, async () => {
    const seed = Number(process.env.RUNS_SEED ?? Date.now() % 1_000_000);
    const made: Array<{ run: number; time: Date; csv: string; report: unknown }> = [];
    for (const operation of randomOperations(OPERATIONS, seed)) {
      await operation(database).catch((error: unknown) => {
        if (!(error instanceof library.UnitError)) throw error;
      });
      made.push({
        run: await newestRun(database),
        time: new Date(),
        csv: (await exported(database)).csv,
        report: await reported(database),
      });
    }
    expect(new Set(made.map(({ csv }) => csv)).size).toBeGreaterThan(1);
    for (const { run, time, csv, report } of made) {
      expect(await reported(database, { time }), `seed ${seed}, report of run ${run}`).toEqual(report);
      for (const point of run === 0 ? [{ time }] : [{ run }, { time }]) {
        const past = await exported(database, point);
        expect(past.csv, `seed ${seed}, run ${run}`).toBe(csv);
        expect([past.communities?.foreignUnits ?? [], past.coverages?.foreignUnits ?? []]).toEqual([[], []]);
      }
    }
  });

  it("leave out or blank what another program changed since, and name it", async () => {
    const [changed = "", bulk = "", removed = "", older = "", added = ""] = [1, 2, 3, 4, 5].map((n) => `100130100${n}`);
    const add = (code: string, households: number, at: string) =>
      database.rows(
        `insert into obc_communities (barangay_id, households, created_at, updated_at)
         values (${idOf(code)}, ${households}, '${at}', '${at}')`,
      );
    await add(older, 3, "2026-01-01T00:00:00.000Z");
    for (const code of [changed, bulk, removed]) await library.createCommunity(database.knex, code, { households: 10 });
    const run = await newestRun(database);

    const later = new Date(Date.now() + 60_000).toISOString();
    const set = (code: string, values: string) =>
      database.rows(`update obc_communities set ${values} where barangay_id = ${idOf(code)}`);
    await set(changed, `households = 11, women_count = 5, updated_at = '${later}'`);
    await set(bulk, "households = 12");
    await set(older, `households = 4, updated_at = '${later}'`);
    await database.rows(`delete from obc_communities where barangay_id = ${idOf(removed)}`);
    await add(added, 7, later);
    await library.sync(database.knex);

    const past = await exported(database, { run });
    const { data } = Papa.parse<Record<string, string>>(past.csv.slice(0, past.csv.indexOf("region,", 1)), {
      header: true,
      skipEmptyLines: true,
    });
    expect(data.map((row) => [row.barangay_code, row.households, row.women_count])).toEqual([
      [changed, "10", ""],
      [bulk, "10", ""],
      [removed, "10", ""],
      [older, "", ""],
    ]);
    expect(past.communities?.foreignUnits.map(({ code, change }) => [code, change])).toEqual([
      [changed, { columns: ["households", "women_count"] }],
      [bulk, { columns: ["households"] }],
      [removed, "removed"],
      [older, "unknown"],
      [added, "added"],
    ]);
    expect(past.communities?.foreignSyncs).toEqual([
      { run: run + 1, code: "1001301000", municipality: "Baungon", province: "Bukidnon" },
    ]);
    expect(past.coverages?.foreignUnits).toEqual([]);
  });

  it("of a region are blank where one of its provinces is not known", async () => {
    await library.createCommunity(database.knex, "1001301001", { households: 10 });
    const run = await newestRun(database);
    const later = new Date(Date.now() + 60_000).toISOString();
    await database.rows(
      `insert into province_coverages (province_id, households, auto_sync, created_at, updated_at)
       values ((select id from provinces where code = '1004200000'), 5, false, '2026-01-01T00:00:00Z', '${later}')`,
    );
    const rowsAsOf = (asOf: PointInTime | undefined) =>
      library.withFigures(database.knex, { level: "region", asOf }, async (rows) => {
        const found = [];
        for await (const { values } of rows)
          found.push([values.region_code, values.households, values.total_provinces]);
        return found;
      });
    expect(await rowsAsOf(undefined)).toEqual([["1000000000", 15, 2]]);
    expect(await rowsAsOf({ run })).toEqual([["1000000000", null, 2]]);
  });

  it("are not known where the history was pruned or there is no such run", async () => {
    await library.createCommunity(database.knex, "1001301001", { households: 10 });
    await library.updateCommunity(database.knex, "1001301001", { households: 20 });
    const run = await newestRun(database);
    await library.pruneHistory(database.knex, { before: new Date(Date.now() + 60_000) });
    await expect(exported(database, { run: run - 1 })).rejects.toThrow(`what run ${run} changed has been deleted`);
    await expect(exported(database, { run: run + 1 })).rejects.toThrow(`there is no run ${run + 1}`);
    expect((await exported(database, { run })).csv).toBe((await exported(database)).csv);
  });
});
