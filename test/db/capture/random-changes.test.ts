import fc from "fast-check";
import { expect, it } from "vitest";
import { FIELDS } from "../../../src/core/fields.ts";
import * as library from "../../../src/index.ts";
import { onEveryDatabase, type TestDatabase } from "../../helpers/databases.ts";
import { dropForeignKeys } from "../../helpers/foreign-keys.ts";
import { expectCoveragesInStep } from "../../helpers/in-step.ts";

/** Few places, so that steps affect the same ones: two provinces, two municipalities in each, three barangays in each. */
const BARANGAYS = ["1001301", "1001302", "1004201", "1004202"].flatMap((m) => [1, 2, 3].map((b) => `${m}00${b}`));
const MUNICIPALITIES = ["1001301000", "1001302000", "1004201000", "1004202000"];
const PROVINCES = ["1001300000", "1004200000"];

const barangay = fc.constantFrom(...BARANGAYS);
const municipality = fc.constantFrom(...MUNICIPALITIES);
const province = fc.constantFrom(...PROVINCES);
const field = fc.constantFrom(...FIELDS);
const figure = fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.constant(null));
const sum = fc.integer({ min: 0, max: 5_000_000_000 });
const yes = fc.boolean();

type Step = { name: string; run: (database: TestDatabase) => Promise<unknown> };

const idOf = (table: string) => `(select id from ${table} where code = ?)`;

/** A statement sent without the program, as psql, Django or a bulk script would. */
function sql<T extends unknown[]>(
  values: { [K in keyof T]: fc.Arbitrary<T[K]> },
  statement: (...values: T) => [string, ...Array<string | number | boolean | null>],
): fc.Arbitrary<Step> {
  return fc.tuple(...values).map((drawn) => {
    const [text, ...bindings] = statement(...(drawn as unknown as T));
    return {
      name: `${text} ${JSON.stringify(bindings)}`,
      run: (database) => database.rows(text, ...bindings).catch(ignoreConstraints),
    };
  });
}

/** What a constraint forbids changes nothing: the place of a later step may have vanished. */
function ignoreConstraints(error: Error): void {
  if (!/foreign key|not.null constraint|datatype mismatch/i.test(error.message)) throw error;
}

/** A call of the library, which may refuse a step that the state does not allow. */
function call<T extends unknown[]>(
  name: string,
  values: { [K in keyof T]: fc.Arbitrary<T[K]> },
  run: (database: TestDatabase, ...values: T) => Promise<unknown>,
): fc.Arbitrary<Step> {
  return fc.tuple(...values).map((drawn) => ({
    name: `${name} ${JSON.stringify(drawn)}`,
    run: (database) =>
      run(database, ...(drawn as unknown as T)).catch((error) => {
        if (!(error instanceof library.UnitError)) throw error;
      }),
  }));
}

const rawStep = fc.oneof(
  sql([barangay, field, figure], (b, f, n) => [
    `insert into obc_communities (barangay_id, ${f}) select id, ? from barangays where code = ?
      and id not in (select barangay_id from obc_communities)`,
    n,
    b,
  ]),
  sql([barangay, field, figure], (b, f, n) => [
    `update obc_communities set ${f} = ? where barangay_id = ${idOf("barangays")}`,
    n,
    b,
  ]),
  sql([field], (f) => [`update obc_communities set ${f} = coalesce(${f}, 0) + 1`]),
  sql([barangay, yes], (b, archived) => [
    `update obc_communities set is_deleted = ? where barangay_id = ${idOf("barangays")}`,
    archived,
    b,
  ]),
  sql([municipality, yes], (m, archived) => [
    `update obc_communities set is_deleted = ? where barangay_id in (
      select id from barangays where municipality_id = ${idOf("municipalities")})`,
    archived,
    m,
  ]),
  sql([barangay], (b) => [`delete from obc_communities where barangay_id = ${idOf("barangays")}`, b]),
  sql([municipality], (m) => [
    `delete from obc_communities where barangay_id in (
      select id from barangays where municipality_id = ${idOf("municipalities")})`,
    m,
  ]),
  sql([barangay, barangay], (from, to) => [
    `update obc_communities set barangay_id = ${idOf("barangays")} where barangay_id = ${idOf("barangays")}
      and not exists (select 1 from obc_communities where barangay_id = ${idOf("barangays")})`,
    to,
    from,
    to,
  ]),
  sql([barangay, municipality], (b, m) => [
    `update barangays set municipality_id = ${idOf("municipalities")} where code = ?`,
    m,
    b,
  ]),
  sql([barangay, fc.constantFrom("Poblacion", "San José", "Ñaga", "abc")], (b, name) => [
    "update barangays set name = ? where code = ?",
    name,
    b,
  ]),
  sql([municipality, province], (m, p) => [
    `update municipalities set province_id = ${idOf("provinces")} where code = ?`,
    p,
    m,
  ]),
  sql([municipality, fc.constantFrom("Alpha", "Beta", "ñ")], (m, name) => [
    "update municipalities set name = ? where code = ?",
    name,
    m,
  ]),
  sql([municipality, yes], (m, auto) => [
    `update municipality_coverages set auto_sync = ? where municipality_id = ${idOf("municipalities")}`,
    auto,
    m,
  ]),
  sql([municipality, yes], (m, archived) => [
    `update municipality_coverages set is_deleted = ? where municipality_id = ${idOf("municipalities")}`,
    archived,
    m,
  ]),
  sql([municipality, field, sum], (m, f, n) => [
    `update municipality_coverages set ${f} = ? where municipality_id = ${idOf("municipalities")}`,
    n,
    m,
  ]),
  sql([municipality, field, sum, yes], (m, f, n, auto) => [
    `insert into municipality_coverages (municipality_id, ${f}, auto_sync) select id, ?, ? from municipalities
      where code = ? and id not in (select municipality_id from municipality_coverages)`,
    n,
    auto,
    m,
  ]),
  sql([municipality], (m) => [
    `delete from municipality_coverages where municipality_id = ${idOf("municipalities")}`,
    m,
  ]),
  sql([], () => ["delete from municipality_coverages"]),
  sql([province, yes, yes], (p, auto, archived) => [
    `update province_coverages set auto_sync = ?, is_deleted = ? where province_id = ${idOf("provinces")}`,
    auto,
    archived,
    p,
  ]),
  sql([province, field, sum], (p, f, n) => [
    `update province_coverages set ${f} = ? where province_id = ${idOf("provinces")}`,
    n,
    p,
  ]),
  sql([province], (p) => [`delete from province_coverages where province_id = ${idOf("provinces")}`, p]),
  sql([], () => ["update obc_communities set notes = 'seen'"]),
);

/** Places that vanish, appear, get another id or are merged. */
const placeStep = fc.oneof(
  sql([barangay], (b) => ["delete from barangays where code = ?", b]),
  sql([municipality], (m) => ["delete from municipalities where code = ?", m]),
  sql([province], (p) => ["delete from provinces where code = ?", p]),
  sql([barangay, municipality], (b, m) => [
    `insert into barangays (municipality_id, code, name) select id, ?, 'New' from municipalities where code = ?
      and not exists (select 1 from barangays where code = ?)`,
    b,
    m,
    b,
  ]),
  sql([barangay, fc.integer({ min: 900_000, max: 900_003 })], (b, id) => [
    "update barangays set id = ? where code = ? and not exists (select 1 from barangays where id = ?)",
    id,
    b,
    id,
  ]),
  sql([municipality, fc.integer({ min: 900_000, max: 900_003 })], (m, id) => [
    "update municipalities set id = ? where code = ? and not exists (select 1 from municipalities where id = ?)",
    id,
    m,
    id,
  ]),
  sql([municipality, municipality], (from, to) => [
    `update barangays set municipality_id = ${idOf("municipalities")} where municipality_id = ${idOf("municipalities")}
      and exists (select 1 from municipalities where code = ?)`,
    to,
    from,
    to,
  ]),
);

const SQLITE_ONLY = fc.oneof(
  sql([barangay, yes, figure], (b, archived, n) => [
    "replace into obc_communities (barangay_id, is_deleted, households) select id, ?, ? from barangays where code = ?",
    archived,
    n,
    b,
  ]),
  sql([barangay, municipality], (b, m) => [
    `replace into barangays (id, municipality_id, code, name) select b.id, m.id, b.code, 'Replaced'
       from barangays b, municipalities m where b.code = ? and m.code = ?`,
    b,
    m,
  ]),
  sql([barangay, municipality], (b, m) => [
    "replace into barangays (municipality_id, code, name) select id, ?, 'Replaced' from municipalities where code = ?",
    b,
    m,
  ]),
  sql([municipality, province], (m, p) => [
    `replace into municipalities (id, province_id, code, name, kind) select m.id, p.id, m.code, 'Replaced', m.kind
       from municipalities m, provinces p where m.code = ? and p.code = ?`,
    m,
    p,
  ]),
  sql([barangay, barangay], (b, other) => ["update or replace barangays set code = ? where code = ?", b, other]),
  sql([municipality, field, sum], (m, f, n) => [
    `replace into municipality_coverages (municipality_id, ${f}) select id, ? from municipalities where code = ?`,
    n,
    m,
  ]),
);

const POSTGRES_ONLY = fc
  .constantFrom("obc_communities", "municipality_coverages", "province_coverages")
  .map((table) => ({
    name: `truncate ${table}`,
    run: ({ rows }: TestDatabase) => rows(`truncate ${table}`),
  }));

const toolStep = fc.oneof(
  call("create", [barangay, field, figure], ({ knex }, b, f, n) => library.createCommunity(knex, b, { [f]: n })),
  call("update", [barangay, field, figure], ({ knex }, b, f, n) => library.updateCommunity(knex, b, { [f]: n })),
  call("archive", [barangay], ({ knex }, b) => library.archiveCommunity(knex, b)),
  call("restore", [barangay], ({ knex }, b) => library.restoreCommunity(knex, b)),
  call("remove", [barangay], ({ knex }, b) => library.removeCommunity(knex, b)),
  call("auto or manual", [municipality, yes], ({ knex }, unit, auto) =>
    library.setAutoSync(knex, { level: "municipality", unit }, auto),
  ),
  call("set", [municipality, field, sum], ({ knex }, unit, f, n) =>
    library.updateCoverage(knex, { level: "municipality", unit }, { [f]: n }),
  ),
  call("archive coverage", [municipality], ({ knex }, unit) =>
    library.softDelete(knex, { level: "municipality", unit }),
  ),
  call("restore coverage", [municipality], ({ knex }, unit) => library.restore(knex, { level: "municipality", unit })),
  call("archive province", [province], ({ knex }, unit) => library.softDelete(knex, { level: "province", unit })),
  call("restore province", [province], ({ knex }, unit) => library.restore(knex, { level: "province", unit })),
  call("sync a municipality", [municipality], ({ knex }, m) => library.syncForMunicipality(knex, m)),
  call("sync municipalities only", [municipality], ({ knex }, m) =>
    library.bulkRefreshMunicipalities(knex, [m], { syncProvincial: false }),
  ),
  call("sync a province", [province], ({ knex }, p) => library.syncForProvince(knex, p)),
  call("sync communities", [fc.array(barangay, { minLength: 1 })], ({ knex }, b) =>
    library.bulkSyncCommunities(knex, b),
  ),
  call("sync a region", [], ({ knex }) => library.syncEntireHierarchy(knex, { region: "10" })),
  call("sync everything", [], ({ knex }) => library.syncEntireHierarchy(knex)),
  call("roll back", [barangay, field, figure], ({ knex }, b, f, n) =>
    knex
      .transaction(async (transaction) => {
        await library.updateCommunity(transaction, b, { [f]: n });
        throw new library.UnitError("UNIT_UNKNOWN", "on purpose", "");
      })
      .then(() => {}),
  ),
);

/** Two thirds of the places have a community, so that there is something to move, archive and remove. */
async function begin({ knex }: TestDatabase): Promise<void> {
  for (const [index, code] of BARANGAYS.entries()) {
    if (index % 3 < 2) await library.createCommunity(knex, code, { households: 10 + index, women_count: index });
  }
}

const checkpoint: fc.Arbitrary<Step> = fc.constant({ name: "sync --changed", run: expectCleanAfterSync });

async function expectCleanAfterSync(database: TestDatabase): Promise<void> {
  await library.syncChanged(database.knex);
  await expectCoveragesInStep(database);
  const [logged] = await database.rows<{ n: number }>("select count(*) as n from obc_sync_change_log");
  expect(Number(logged?.n)).toBe(0);
}

/** Half of the sequences run without foreign keys, as in SQLite's shell. */
async function withoutForeignKeys(database: TestDatabase): Promise<void> {
  if (database.kind === "sqlite") await database.rows("pragma foreign_keys = off");
  else await dropForeignKeys(database);
}

/** RANDOM_RUNS=400 takes about 20,000 steps on each database. */
const RUNS = Number(process.env.RANDOM_RUNS ?? 30);

onEveryDatabase("any sequence of changes, by any program", (database) => {
  const steps = fc.array(
    fc.oneof(
      { weight: 4, arbitrary: rawStep },
      { weight: 2, arbitrary: placeStep },
      { weight: 1, arbitrary: database.kind === "sqlite" ? SQLITE_ONLY : POSTGRES_ONLY },
      { weight: 2, arbitrary: toolStep },
      // Often, since a later step may by chance correct a change that the log has missed.
      { weight: 4, arbitrary: checkpoint },
    ),
    { minLength: 40, maxLength: 80, size: "max" },
  );

  it("ends with the coverages of plain SQL and an empty log after sync --changed", async () => {
    let count = 0;
    await fc.assert(
      fc
        .asyncProperty(steps, yes, async (sequence, foreignKeys) => {
          await begin(database);
          if (!foreignKeys) await withoutForeignKeys(database);
          for (const step of sequence) {
            await step.run(database);
            count += 1;
          }
          await expectCleanAfterSync(database);
        })
        .beforeEach(() => database.reset()),
      { numRuns: RUNS },
    );
    expect(count).toBeGreaterThan(1000);
  }, 7_200_000);
});
