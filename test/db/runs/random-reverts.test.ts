/**
 * Random operations of every kind, then each is taken back in turn, from the last to the first: every earlier state returns.
 * REVERTS=300 sets the number of operations.
 */
import fc from "fast-check";
import { expect, it } from "vitest";
import * as library from "../../../src/index.ts";
import { onEveryDatabase, type TestDatabase } from "../../helpers/databases.ts";
import { written } from "../../helpers/temporary-folder.ts";

const OPERATIONS = Number(process.env.REVERTS ?? 40);

const BARANGAYS = ["1001301", "1001302", "1004201", "1004202"].flatMap((m) => [1, 2, 3].map((b) => `${m}00${b}`));
const MUNICIPALITIES = ["1001301000", "1001302000", "1004201000", "1004202000"];
const PROVINCES = ["1001300000", "1004200000"];

type Operation = (database: TestDatabase) => Promise<unknown>;

const barangay = fc.constantFrom(...BARANGAYS);
const coverage = fc.oneof(
  fc.constantFrom(...MUNICIPALITIES).map((unit) => ({ unit, level: "municipality" as const })),
  fc.constantFrom(...PROVINCES).map((unit) => ({ unit, level: "province" as const })),
);
const figure = fc.option(fc.integer({ min: 0, max: 5000 }));
const values = fc.record({ households: figure, women_count: figure, notes: fc.option(fc.constantFrom("a", "ñ, '\"")) });
const sums = fc.record({
  households: fc.option(fc.integer({ min: 0, max: 5_000_000_000 })),
  existing_support_programs: fc.option(fc.constantFrom("seeds", "boats")),
});
const rows = fc.uniqueArray(fc.tuple(barangay, figure, figure), {
  minLength: 1,
  maxLength: 6,
  selector: ([code]) => code,
});

async function importRows(
  { knex }: TestDatabase,
  given: Array<[string, number | null, number | null]>,
  options: Partial<library.CommunityImportOptions>,
): Promise<void> {
  const lines = given.map(([code, households, women]) => `${code},${households ?? ""},${women ?? ""},Poblacion`);
  const file = written("list.csv", "barangay_code,households,women_count,notes", ...lines);
  await library.importCommunities(knex, { file, yes: true, createEmpty: true, ...options });
}

const operations: Array<fc.Arbitrary<Operation>> = [
  fc.tuple(barangay, values).map(
    ([code, given]) =>
      ({ knex }) =>
        library.createCommunity(knex, code, given),
  ),
  fc.tuple(barangay, values).map(
    ([code, given]) =>
      ({ knex }) =>
        library.updateCommunity(knex, code, given),
  ),
  barangay.map(
    (code) =>
      ({ knex }) =>
        library.archiveCommunity(knex, code),
  ),
  barangay.map(
    (code) =>
      ({ knex }) =>
        library.restoreCommunity(knex, code),
  ),
  barangay.map(
    (code) =>
      ({ knex }) =>
        library.removeCommunity(knex, code),
  ),
  coverage.map(
    (unit) =>
      ({ knex }) =>
        library.softDelete(knex, unit),
  ),
  coverage.map(
    (unit) =>
      ({ knex }) =>
        library.restore(knex, unit),
  ),
  fc.tuple(coverage, fc.boolean()).map(
    ([unit, auto]) =>
      ({ knex }) =>
        library.setAutoSync(knex, unit, auto),
  ),
  fc.tuple(coverage, sums).map(
    ([unit, given]) =>
      ({ knex }) =>
        library.updateCoverage(knex, unit, given),
  ),
  fc.tuple(rows, fc.constantFrom("keep", "clear"), fc.constantFrom("update", "skip")).map(
    ([given, blank, onConflict]) =>
      (database) =>
        importRows(database, given, { blank, onConflict }),
  ),
  fc.tuple(rows, fc.constantFrom(...PROVINCES)).map(
    ([given, unit]) =>
      (database) =>
        importRows(database, given, { archiveMissing: { kind: "province", units: [unit] } }),
  ),
  rows.map((given) => async (database) => {
    await importRows(database, given, { sync: false });
    await library.sync(database.knex);
  }),
  // The revert of a sync leaves coverages that differ from their communities, which the next operation would recalculate.
  fc.constant(async ({ knex }) => {
    await library.revert(knex, { run: "last" });
    await library.sync(knex);
  }),
  fc.constant(({ knex }) => library.sync(knex)),
];

/** Every row of every table that a run changes, without the times. */
async function stateOf(database: TestDatabase): Promise<unknown> {
  const state: Record<string, unknown> = {};
  for (const [table, key] of [
    ["obc_communities", "barangay_id"],
    ["municipality_coverages", "municipality_id"],
    ["province_coverages", "province_id"],
  ] as const) {
    const stored = await database.rows(`select * from ${table} order by ${key}`);
    state[table] = stored.map(({ created_at, updated_at, deleted_at, ...row }) => ({
      ...row,
      hasDate: deleted_at !== null,
    }));
  }
  return state;
}

onEveryDatabase("reverting every run in turn", (database) => {
  it(`brings back every state of ${OPERATIONS} operations, and verify agrees with each`, async () => {
    const seed = Number(process.env.REVERTS_SEED ?? Date.now() % 1_000_000);
    const drawn = fc.sample(fc.oneof(...operations), { numRuns: OPERATIONS, seed });
    const isClean = async () => (await library.verify(database.knex)).drift.length === 0;
    const newestRun = async () => (await library.history(database.knex, { limit: 1 })).runs[0]?.id ?? 0;
    const states: Array<{ run: number; state: unknown; clean: boolean }> = [];
    for (const operation of drawn) {
      const before = { run: await newestRun(), state: await stateOf(database), clean: await isClean() };
      await operation(database).catch((error: unknown) => {
        if (!(error instanceof library.UnitError)) throw error;
      });
      if ((await newestRun()) > before.run) states.push(before);
    }
    const last = await newestRun();
    const changed = new Map<number, boolean>();
    for (const { id, counts } of (await library.history(database.knex, { limit: 10_000 })).runs) {
      changed.set(
        id,
        Object.values(counts).some(({ created, updated, removed }) => created + updated + removed > 0),
      );
    }
    let run = last;
    for (const { run: above, state, clean } of states.reverse()) {
      for (; run > above; run -= 1) if (changed.get(run)) await library.revert(database.knex, { run });
      expect(await stateOf(database), `seed ${seed}, after the revert of run ${run + 1}`).toEqual(state);
      expect(await isClean(), `seed ${seed}, verify after the revert of run ${run + 1}`).toBe(clean);
      expect(clean).toBe(true);
    }
    expect(await database.rows("select * from obc_communities")).toEqual([]);
  });
});
