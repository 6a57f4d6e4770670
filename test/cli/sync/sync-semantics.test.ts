import { expect, it } from "vitest";
import { onEveryDatabase } from "../../helpers/databases.ts";
import { documentOf, type SyncDocument } from "../../helpers/documents.ts";
import { addCommunity, barangaysOf, expectedProvinces, storedCoverages } from "../../helpers/plain-sql.ts";

// Baungon and Dangcagan of Bukidnon.
const BAUNGON = "1001301000";
const DANGCAGAN = "1001303000";
const BUKIDNON = "1001300000";
const OF_BAUNGON = "municipality_id = (select id from municipalities where code = '1001301000')";

onEveryDatabase("sync", (database) => {
  const sync = async (...flags: string[]) =>
    documentOf<SyncDocument>(await database.obcSync(["sync", "--json", ...flags]));
  const municipality = async (code: string) => (await storedCoverages(database, "municipality"))[code];
  const province = async (code: string) => (await storedCoverages(database, "province"))[code];

  /** Two communities in Baungon and one in Dangcagan, synced. */
  async function begin(): Promise<[string, string, string]> {
    const [one = "", two = ""] = await barangaysOf(database, BAUNGON);
    const [other = ""] = await barangaysOf(database, DANGCAGAN);
    await addCommunity(database, one, { households: 10, women_count: 4 });
    await addCommunity(database, two, { households: 20 });
    await addCommunity(database, other, { households: 300 });
    await sync();
    return [one, two, other];
  }

  const updateCommunity = (code: string, set: string) =>
    database.rows(
      `update obc_communities set ${set} where barangay_id = (select id from barangays where code = ?)`,
      code,
    );

  it("creates, updates only what differs, and does not write the rest", async () => {
    const [one] = await begin();
    const stamps = "select municipality_id as id, updated_at, created_at from municipality_coverages order by 1";
    await database.rows("update municipality_coverages set updated_at = '2020-01-01', created_at = '2019-01-01'");
    const [before] = await database.rows(`select updated_at from municipality_coverages where ${OF_BAUNGON}`);

    await updateCommunity(one, "households = 11");
    const report = await sync();

    expect(report.municipalities).toEqual({ created: 0, updated: 1, unchanged: 1, manual: 0, archived: 0 });
    expect(report.provinces).toEqual({ created: 0, updated: 1, unchanged: 0, manual: 0, archived: 0 });
    expect(report.changes).toMatchObject([
      { level: "municipality", code: BAUNGON, name: "Baungon", parent: "Bukidnon", action: "updated" },
      {
        level: "province",
        code: BUKIDNON,
        name: "Bukidnon",
        parent: "Region X (Northern Mindanao)",
        action: "updated",
      },
    ]);
    expect(report.changes.map(({ fields }) => fields)).toEqual([
      { households: { before: 30, after: 31 } },
      { households: { before: 330, after: 331 } },
    ]);
    const rows = await database.rows<{ updated_at: unknown; created_at: unknown }>(stamps);
    expect(rows.filter(({ updated_at }) => String(updated_at) === String(before?.updated_at))).toHaveLength(1);
    expect(new Set(rows.map(({ created_at }) => String(created_at))).size).toBe(1);
  });

  it("counts a sum of blanks as 0, and distinguishes a stored blank from 0", async () => {
    await begin();
    expect(await municipality(BAUNGON)).toMatchObject({ households: 30, women_count: 4, pwd_count: 0 });
    await database.rows(`update municipality_coverages set pwd_count = null where ${OF_BAUNGON}`);
    const { changes } = await sync();
    expect(changes).toMatchObject([{ code: BAUNGON, fields: { pwd_count: { before: null, after: 0 } } }]);
    expect(changes).toHaveLength(1);
  });

  it("sets a coverage to 0 and no names when all of its communities are gone", async () => {
    const [one, two] = await begin();
    await updateCommunity(one, "is_deleted = true");
    await database.rows(
      "delete from obc_communities where barangay_id = (select id from barangays where code = ?)",
      two,
    );
    const report = await sync();
    expect(report.municipalities).toMatchObject({ updated: 1, unchanged: 1 });
    expect(await municipality(BAUNGON)).toMatchObject({ total_obc_communities: 0, key_barangays: "", households: 0 });
    // It is still a coverage of its province, with nothing in it.
    expect(await province(BUKIDNON)).toMatchObject({
      total_municipalities: 2,
      total_obc_communities: 1,
      households: 300,
    });
  });

  it("does not count archived communities", async () => {
    const [one] = await begin();
    await updateCommunity(one, "is_deleted = true");
    expect(await sync()).toMatchObject({ communities: 2 });
    expect(await municipality(BAUNGON)).toMatchObject({ total_obc_communities: 1, households: 20, women_count: 0 });
  });

  it("leaves a manual coverage alone, and adds its stored figures to the province", async () => {
    await begin();
    await database.rows(
      `update municipality_coverages set auto_sync = false, households = 1000, total_obc_communities = 7 where ${OF_BAUNGON}`,
    );
    const report = await sync();
    expect(report.municipalities).toEqual({ created: 0, updated: 0, unchanged: 1, manual: 1, archived: 0 });
    expect(await municipality(BAUNGON)).toMatchObject({ households: 1000, total_obc_communities: 7 });
    expect(await province(BUKIDNON)).toMatchObject({
      households: 1300,
      total_obc_communities: 8,
      total_municipalities: 2,
    });
    expect(await storedCoverages(database, "province")).toEqual(await expectedProvinces(database));
    expect(await database.obcSync(["verify"])).toMatchObject({ exitCode: 0 });
  });

  it("leaves an archived coverage alone, and does not count it in its province", async () => {
    const [one] = await begin();
    await database.rows(`update municipality_coverages set is_deleted = true where ${OF_BAUNGON}`);
    await updateCommunity(one, "households = 99");
    const report = await sync();
    expect(report.municipalities).toEqual({ created: 0, updated: 0, unchanged: 1, manual: 0, archived: 1 });
    expect(await municipality(BAUNGON)).toMatchObject({ households: 30 });
    expect(await province(BUKIDNON)).toMatchObject({
      total_municipalities: 1,
      households: 300,
      key_municipalities: "Dangcagan",
    });
    expect(await database.obcSync(["verify"])).toMatchObject({ exitCode: 0 });
  });

  it("leaves manual and archived provinces alone", async () => {
    const [one] = await begin();
    await updateCommunity(one, "households = 99");
    await database.rows("update province_coverages set auto_sync = false, households = 5");
    expect((await sync()).provinces).toEqual({ created: 0, updated: 0, unchanged: 0, manual: 1, archived: 0 });
    await database.rows("update province_coverages set auto_sync = true, is_deleted = true");
    expect((await sync()).provinces).toEqual({ created: 0, updated: 0, unchanged: 0, manual: 0, archived: 1 });
    expect(await province(BUKIDNON)).toMatchObject({ households: 5 });
  });

  it("never writes a curated field, at either level", async () => {
    const [one] = await begin();
    await database.rows("update municipality_coverages set women_count = 77");
    await database.rows("update province_coverages set women_count = 777");
    await updateCommunity(one, "households = 12, women_count = 5");
    const report = await sync("--curated", "women_count, pwd_count");
    expect(report.changes.map(({ fields }) => Object.keys(fields))).toEqual([["households"], ["households"]]);
    expect(await municipality(BAUNGON)).toMatchObject({ households: 32, women_count: 77 });
    expect(await province(BUKIDNON)).toMatchObject({ households: 332, women_count: 777 });
    expect(await database.obcSync(["verify"], { env: { OBC_SYNC_CURATED_FIELDS: "women_count" } })).toMatchObject({
      exitCode: 0,
    });
    expect(await database.obcSync(["verify"])).toMatchObject({ exitCode: 2 });
  });
});
