import fc from "fast-check";
import * as library from "../../../src/index.ts";
import type { TestDatabase } from "../../helpers/databases.ts";
import { written } from "../../helpers/temporary-folder.ts";

const BARANGAYS = ["1001301", "1001302", "1004201", "1004202"].flatMap((m) => [1, 2, 3].map((b) => `${m}00${b}`));
const MUNICIPALITIES = ["1001301000", "1001302000", "1004201000", "1004202000"];
const PROVINCES = ["1001300000", "1004200000"];

export type Operation = (database: TestDatabase) => Promise<unknown>;

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

/** Operations of every kind. Some fail with a UnitError, such as the restore of what is not archived. */
export function randomOperations(count: number, seed: number): Operation[] {
  return fc.sample(fc.oneof(...operations), { numRuns: count, seed });
}
