/** What a sync writes to the coverages of OBCMS: the expected values are computed by plain SQL. */
import { expect, it } from "vitest";
import type { TestDatabase } from "../../helpers/databases.ts";
import { documentOf, type SyncDocument } from "../../helpers/documents.ts";
import { onEveryObcms } from "../../helpers/obcms/make-obcms.ts";
import { expectedMunicipalities, expectedProvinces, type Row, storedCoverages } from "../../helpers/obcms/plain-sql.ts";

/** Every column that a sync does not compute, of every coverage. */
function others(database: TestDatabase, where = "true"): Promise<Row[]> {
  return database.rows<Row>(
    `select id, municipality_id, existing_support_programs, settlement_type, notes, auto_sync, is_active, is_deleted, deleted_at, deleted_by_id,
            created_at, updated_at, created_by_id, updated_by_id
       from communities_municipalitycoverage where ${where} order by id`,
  );
}

onEveryObcms("a sync of OBCMS", (database) => {
  const setUp = async () => {
    expect((await database.obcSync(["migrate"])).exitCode).toBe(0);
  };
  const sync = async (...args: string[]) =>
    documentOf<SyncDocument>(await database.obcSync(["sync", "--json", ...args]));

  it("writes what plain SQL computes from the communities, and verify agrees", async () => {
    await setUp();
    const expected = await expectedMunicipalities(database);
    const done = await sync();
    expect(expected).toHaveLength(10);
    expect(await storedCoverages(database, "municipality")).toEqual(expected);
    const provinces = await storedCoverages(database, "province");
    expect(provinces).toEqual(await expectedProvinces(database));
    expect(provinces.map(({ code }) => code)).toEqual(["BUKIDNON", "HUC_DAVAO_CITY", "LANAO_DEL_NORTE"]);
    expect(done.queries).toMatchObject({ read: 1, write: 2 });
    expect(await database.obcSync(["verify"])).toMatchObject({ exitCode: 0, stderr: "" });
    const again = await sync();
    expect(again).toMatchObject({ changes: [], queries: { read: 1, write: 0 } });
  });

  it("previews exactly what it does", async () => {
    const preview = await sync("--dry-run");
    await setUp();
    expect((await sync()).changes).toEqual(preview.changes);
  });

  it("gives a municipality whose communities are all archived a coverage of zeros, which its province counts", async () => {
    await setUp();
    await sync();
    const rows = await storedCoverages(database, "municipality");
    expect(rows.find(({ code }) => code === "BUKIDNON_DON_CARLOS")).toMatchObject({
      total_obc_communities: 0,
      key_barangays: "",
      households: 0,
    });
    const [bukidnon] = await storedCoverages(database, "province");
    expect(bukidnon?.key_municipalities).toContain("Don Carlos");
  });

  it("lists names that a collation takes for the same, as verify does", async () => {
    if (database.kind === "sqlite") return;
    await database.rows(
      "create collation by_letters (provider = icu, locale = 'und-u-ks-level1', deterministic = false)",
    );
    for (const table of ["common_barangay", "common_municipality"]) {
      await database.rows(`alter table ${table} alter column name type varchar(255) collate by_letters`);
    }
    await database.rows("update common_municipality set name = 'BAUNGON' where code = 'BUKIDNON_DAMULOG'");
    await setUp();
    await sync();
    expect(await database.obcSync(["verify"])).toMatchObject({ exitCode: 0, stderr: "" });
    const rows = await storedCoverages(database, "municipality");
    const { key_barangays: names } = rows.find(({ code }) => code === "BUKIDNON_BAUNGON") ?? {};
    expect(String(names)).toContain("POBLACION, Poblacion, poblacion");
    const [bukidnon] = await storedCoverages(database, "province");
    expect(bukidnon?.key_municipalities).toMatch(/^BAUNGON, Baungon, Cabanglasan/);
  });

  it("leaves every other column as it is, updated_at included, and manual and archived coverages", async () => {
    await setUp();
    const before = await others(database);
    const kept = "not auto_sync or is_deleted";
    const figures = () => database.rows(`select * from communities_municipalitycoverage where ${kept} order by id`);
    const keptBefore = await figures();
    await sync();
    const ids = before.map(({ id }) => id).join(", ");
    expect(await others(database, `id in (${ids})`)).toEqual(before);
    expect(await figures()).toEqual(keptBefore);
  });

  it("fills every column of a new coverage as Django would", async () => {
    await setUp();
    await sync();
    const [created] = await database.rows<Row>(
      `select v.* from communities_municipalitycoverage v join common_municipality m on m.id = v.municipality_id
        where m.code = 'BUKIDNON_BAUNGON'`,
    );
    const [yes, no] = database.kind === "sqlite" ? [1, 0] : [true, false];
    expect(created).toMatchObject({
      settlement_type: "village",
      proximity_to_barmm: "",
      existing_support_programs: "",
      notes: "",
      is_active: yes,
      auto_sync: yes,
      is_deleted: no,
      deleted_at: null,
      created_by_id: null,
      latitude: null,
    });
    if (database.kind !== "sqlite") return;
    // As Django's filters compare times on SQLite: as text.
    expect(created?.created_at).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/);
    expect(created?.updated_at).toBe(created?.created_at);
  });

  it("names the unit whose sum does not fit in 32 bits, leaves it out, and syncs the others", async () => {
    await setUp();
    const ofBaungon = `select b.id from common_barangay b join common_municipality m on m.id = b.municipality_id
      where m.code = 'BUKIDNON_BAUNGON'`;
    await database.rows(
      `update communities_obc_community set families = 2147483647 where not is_deleted and barangay_id in (${ofBaungon})`,
    );
    const result = await database.obcSync(["sync", "--json"]);
    expect(result.exitCode).toBe(2);
    const { findings, changes } = documentOf<SyncDocument>(result);
    expect(findings.map(({ code }) => code)).toEqual(["BUKIDNON_BAUNGON", "BUKIDNON"]);
    expect(findings[0]).toMatchObject({ limit: 2_147_483_647 });
    expect(changes.map(({ code }) => code)).toContain("BUKIDNON_DAMULOG");
  });
});
