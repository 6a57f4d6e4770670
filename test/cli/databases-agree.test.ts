import { rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generateCommunities, toCsv } from "../../fixtures/make-communities.ts";
import { type TestDatabase, useDatabase } from "../helpers/databases.ts";
import { documentOf, type SyncDocument } from "../helpers/documents.ts";
import { byCodePoint, storedCoverages } from "../helpers/plain-sql.ts";
import { fixture } from "../helpers/project.ts";

/** In code point order. Locales order them differently: ignoring case, ñ next to n, marks after letters or ignored. */
const NAMES = [
  "(Pob.) Uno",
  "10 de Enero",
  "9 de Febrero",
  "A-B",
  "AB",
  "Zamora",
  "a b",
  "ab",
  "nz",
  "oa",
  "zamora",
  "Ñame",
  "Ángeles",
  "ñame",
  "\u{ff21}fullwidth",
  "\u{fffd}replacement",
  "\u{10330}gothic",
  "\u{1f33a}hibiscus",
].sort(byCodePoint);

describe("SQLite and PostgreSQL", () => {
  const sqlite = useDatabase("sqlite");
  const postgres = useDatabase("postgres");
  const generated = join(tmpdir(), `obc-sync-generated-${process.pid}.csv`);

  beforeAll(async () => {
    const { loadBundledGeography } = await import("../../src/files/geography/bundled-geography.ts");
    const { barangays } = await loadBundledGeography();
    const rows = generateCommunities(
      barangays.filter((_, index) => index % 20 === 0),
      { seed: 7, blankShare: 0.1 },
    );
    await writeFile(generated, [...toCsv(rows)].join(""));
  });
  afterAll(() => rm(generated, { force: true }));

  const changesOf = async (database: TestDatabase) =>
    documentOf<SyncDocument>(await database.obcSync(["sync", "--json"])).changes;

  it.each([
    ["the example communities", () => fixture("communities.csv")],
    ["one community in every twentieth barangay of the country", () => generated],
  ])("print the same changes for %s", async (_, file) => {
    for (const database of [sqlite, postgres]) {
      await database.obcSync(["import", "communities", file(), "--no-sync"]);
    }
    const changes = await changesOf(sqlite);
    expect(changes.length).toBeGreaterThan(100);
    expect(await changesOf(postgres)).toEqual(changes);
    // Sorted by level, then by code.
    const keys = changes.map(({ level, code }) => `${level} ${code}`);
    expect(keys).toEqual(keys.toSorted());
  });

  it("list names in code point order, whatever the locale of the database", async () => {
    const expected = NAMES.join(", ");
    for (const database of [sqlite, postgres]) {
      // 18 barangays of one municipality, and 18 municipalities of one province, take these names.
      const barangays = await database.rows<{ id: number }>(
        `select b.id from barangays b join municipalities m on m.id = b.municipality_id
          where m.code = '1001312000' order by b.code desc limit ${NAMES.length}`,
      );
      const municipalities = await database.rows<{ id: number; code: string }>(
        `select m.id, m.code from municipalities m join provinces p on p.id = m.province_id
          where p.code = '1001800000' or p.code = '1003500000' order by m.code limit ${NAMES.length}`,
      );
      const [province] = await database.rows<{ id: number }>("select id from provinces where code = '1003500000'");
      for (const [index, name] of NAMES.entries()) {
        await database.knex("barangays").where({ id: barangays[index]?.id }).update({ name });
        await database.knex("obc_communities").insert({ barangay_id: barangays[index]?.id, households: 1 });
        const id = municipalities[index]?.id;
        await database.knex("municipalities").where({ id }).update({ name, province_id: province?.id });
        const [first] = await database.rows<{ id: number }>(
          "select min(id) as id from barangays where municipality_id = ?",
          Number(id),
        );
        await database.knex("obc_communities").insert({ barangay_id: first?.id, households: 1 });
      }
    }
    const changes = await changesOf(sqlite);
    expect(await changesOf(postgres)).toEqual(changes);
    for (const database of [sqlite, postgres]) {
      expect((await storedCoverages(database, "municipality"))["1001312000"]).toMatchObject({
        key_barangays: expected,
      });
      expect((await storedCoverages(database, "province"))["1003500000"]).toMatchObject({
        key_municipalities: expected,
      });
      expect(await database.obcSync(["verify"])).toMatchObject({ exitCode: 0 });
    }
    // PostgreSQL's default order of these names must differ, or this test would prove nothing.
    const bare = await postgres.rows<{ name: string }>(
      "select name from barangays where municipality_id = (select id from municipalities where code = '1001312000') order by name",
    );
    expect(bare.map(({ name }) => name).filter((name) => NAMES.includes(name))).not.toEqual(NAMES);
  });

  it("join each distinct barangay name once", async () => {
    for (const database of [sqlite, postgres]) {
      await database.rows(
        "update barangays set name = 'Poblacion' where municipality_id = (select id from municipalities where code = '1001301000')",
      );
      await database.rows(
        `insert into obc_communities (barangay_id, households) select b.id, 2 from barangays b
           join municipalities m on m.id = b.municipality_id where m.code = '1001301000'`,
      );
      await database.obcSync(["sync"]);
      const { "1001301000": baungon } = await storedCoverages(database, "municipality");
      expect(baungon?.key_barangays).toBe("Poblacion");
      expect(baungon?.households).toBe(2 * Number(baungon?.total_obc_communities));
    }
  });
});
