/** The library's syncs: what they count, what they update, and what they leave alone. */
import { expect, it } from "vitest";
import {
  bulkRefreshMunicipalities,
  bulkRefreshProvinces,
  bulkSyncCommunities,
  type Field,
  refreshFromCommunities,
  refreshFromMunicipalities,
  setAutoSync,
  syncChanged,
  syncEntireHierarchy,
  syncForMunicipality,
  syncForProvince,
} from "../../src/index.ts";
import { onEveryDatabase } from "../helpers/databases.ts";
import { expectCoveragesInStep } from "../helpers/in-step.ts";
import { addCommunity, expectedMunicipalities, expectedProvinces, storedCoverages } from "../helpers/plain-sql.ts";
import { useUsersKnex } from "../helpers/users-knex.ts";

const DAMULOG = "1001302000"; // of Bukidnon, with 9 communities
const IN_DAMULOG = "1001302001";
const BUKIDNON = "1001300000"; // of Region X, with 8 municipalities that have communities
const BAUNGON = "1001301000"; // also of Bukidnon, without communities
const IN_BAUNGON = "1001301001";
const DAPITAN = "0907201000"; // of Region IX
const IN_DAPITAN = "0907201006";
const ZAMBOANGA_DEL_NORTE = "0907200000";

onEveryDatabase(
  "syncs of the library",
  (database) => {
    const open = useUsersKnex(database);

    /** Makes every coverage out of date, without the program. */
    const raiseEveryCommunity = () =>
      database.rows("update obc_communities set households = coalesce(households, 0) + 1");

    const municipalities = () => storedCoverages(database, "municipality");
    const provinces = () => storedCoverages(database, "province");

    /** The number of coverages of a region, by plain SQL. */
    async function unitsOf(region: string) {
      const count = (codes: object) => Object.keys(codes).filter((code) => code.startsWith(region)).length;
      return {
        municipalitiesSynced: count(await expectedMunicipalities(database)),
        provincesSynced: count(await expectedProvinces(database)),
      };
    }

    it("bulkSyncCommunities syncs the units above the given communities, and no others", async () => {
      await raiseEveryCommunity();
      const before = { municipalities: await municipalities(), provinces: await provinces() };
      const statistics = await bulkSyncCommunities(open(), [IN_DAMULOG, IN_DAPITAN, "1001302002"]);
      expect(statistics).toEqual({ municipalitiesSynced: 2, provincesSynced: 2, communitiesProcessed: 3 });
      const right = await expectedMunicipalities(database);
      expect(await municipalities()).toEqual({
        ...before.municipalities,
        [DAMULOG]: right[DAMULOG],
        [DAPITAN]: right[DAPITAN],
      });
      const above = await expectedProvinces(database);
      expect(await provinces()).toEqual({
        ...before.provinces,
        [BUKIDNON]: above[BUKIDNON],
        [ZAMBOANGA_DEL_NORTE]: above[ZAMBOANGA_DEL_NORTE],
      });
    });

    it("bulkSyncCommunities accepts ids, codes and any iterable, also of deleted communities", async () => {
      const knex = open();
      const gone: number[] = await knex("obc_communities").orderBy("barangay_id").limit(40).pluck("barangay_id");
      await knex("obc_communities").whereIn("barangay_id", gone).delete();
      await addCommunity(database, IN_BAUNGON, { households: 12 });
      const statistics = await bulkSyncCommunities(knex, new Set([...gone, IN_BAUNGON]));
      expect(statistics.communitiesProcessed).toBe(41);
      await expectCoveragesInStep(database);
      expect(await bulkSyncCommunities(knex, [])).toEqual({
        municipalitiesSynced: 0,
        provincesSynced: 0,
        communitiesProcessed: 0,
      });
    });

    it("syncProvincial: false stops at municipalities and leaves the provinces to the next sync", async () => {
      await raiseEveryCommunity();
      const before = await provinces();
      const knex = open();
      expect(await bulkSyncCommunities(knex, [IN_DAMULOG], { syncProvincial: false })).toEqual({
        municipalitiesSynced: 1,
        provincesSynced: 0,
        communitiesProcessed: 1,
      });
      expect(await syncEntireHierarchy(knex, { syncProvincial: false })).toMatchObject({ provincesSynced: 0 });
      expect(await municipalities()).toEqual(await expectedMunicipalities(database));
      expect(await provinces()).toEqual(before);
      await syncChanged(knex);
      await expectCoveragesInStep(database);
    });

    it("bulkRefreshMunicipalities accepts codes and names", async () => {
      await raiseEveryCommunity();
      const statistics = await bulkRefreshMunicipalities(open(), ["Damulog", DAPITAN, BAUNGON]);
      // Baungon has no communities and gets no coverage.
      expect(statistics).toEqual({ municipalitiesSynced: 2, provincesSynced: 2 });
      const [stored, right] = [await municipalities(), await expectedMunicipalities(database)];
      expect([stored[DAMULOG], stored[DAPITAN]]).toEqual([right[DAMULOG], right[DAPITAN]]);
      expect(stored[BAUNGON]).toBeUndefined();
    });

    it("bulkRefreshProvinces adds up municipality coverages as they are stored", async () => {
      await raiseEveryCommunity();
      const before = { municipalities: await municipalities(), provinces: await provinces() };
      await database.rows("update municipality_coverages set households = households + 1000");
      const knex = open();
      expect(await bulkRefreshProvinces(knex, ["Bukidnon"])).toEqual({ provincesSynced: 1 });
      const after = await provinces();
      // 8 municipalities, 1,000 more in each; the current figures of their communities do not matter.
      expect(after[BUKIDNON]?.households).toBe(Number(before.provinces[BUKIDNON]?.households) + 8000);
      expect(after[ZAMBOANGA_DEL_NORTE]).toEqual(before.provinces[ZAMBOANGA_DEL_NORTE]);
      await syncChanged(knex);
      await expectCoveragesInStep(database);
    });

    it("syncEntireHierarchy syncs a region and names it", async () => {
      await raiseEveryCommunity();
      const before = await municipalities();
      const knex = open();
      const statistics = await syncEntireHierarchy(knex, { region: "12" });
      expect(statistics).toEqual({ ...(await unitsOf("12")), region: "Region XII (SOCCSKSARGEN)" });
      const right = await expectedMunicipalities(database);
      for (const [code, figures] of Object.entries(await municipalities())) {
        expect(figures, code).toEqual(code.startsWith("12") ? right[code] : before[code]);
      }
      // A region without communities.
      expect(await syncEntireHierarchy(knex, { region: "Region I" })).toEqual({
        municipalitiesSynced: 0,
        provincesSynced: 0,
        region: "Region I (Ilocos Region)",
      });
    });

    it("syncEntireHierarchy syncs the country", async () => {
      await raiseEveryCommunity();
      expect(await syncEntireHierarchy(open())).toEqual({ ...(await unitsOf("")), region: "All Regions" });
      await expectCoveragesInStep(database);
    });

    it("syncForMunicipality and syncForProvince create what is missing", async () => {
      const knex = open();
      await addCommunity(database, IN_BAUNGON, { households: 12 });
      await knex("province_coverages").delete();
      expect(await syncForMunicipality(knex, BAUNGON)).toEqual({ municipalitiesSynced: 1, provincesSynced: 1 });
      expect(await syncForProvince(knex, ZAMBOANGA_DEL_NORTE)).toEqual({ provincesSynced: 1 });
      const [stored, right] = [await provinces(), await expectedProvinces(database)];
      expect(stored).toEqual({ [BUKIDNON]: right[BUKIDNON], [ZAMBOANGA_DEL_NORTE]: right[ZAMBOANGA_DEL_NORTE] });
      expect((await municipalities())[BAUNGON]).toMatchObject({ households: 12, key_barangays: "Balintad" });
    });

    it("refreshFromCommunities and refreshFromMunicipalities refresh only existing coverages", async () => {
      await raiseEveryCommunity();
      const knex = open();
      expect(await refreshFromCommunities(knex, DAMULOG)).toEqual({ municipalitiesSynced: 1, provincesSynced: 1 });
      expect((await municipalities())[DAMULOG]).toEqual((await expectedMunicipalities(database))[DAMULOG]);
      expect(await refreshFromMunicipalities(knex, "Bukidnon")).toEqual({ provincesSynced: 1 });
      expect((await provinces())[BUKIDNON]).toEqual((await expectedProvinces(database))[BUKIDNON]);
      await expect(refreshFromCommunities(knex, BAUNGON)).rejects.toMatchObject({ code: "COVERAGE_MISSING" });
      await expect(refreshFromMunicipalities(knex, "Cebu")).rejects.toMatchObject({ code: "COVERAGE_MISSING" });
    });

    it("manual coverages are neither written nor counted as synced", async () => {
      const knex = open();
      await setAutoSync(knex, { level: "municipality", unit: DAMULOG }, false);
      const before = (await municipalities())[DAMULOG];
      await raiseEveryCommunity();
      expect(await syncForMunicipality(knex, DAMULOG)).toEqual({ municipalitiesSynced: 0, provincesSynced: 1 });
      expect((await municipalities())[DAMULOG]).toEqual(before);
    });

    it("curated fields are not written, at both levels, and misspelt ones are refused", async () => {
      await raiseEveryCommunity();
      await database.rows("update obc_communities set families = coalesce(families, 0) + 1");
      const before = { municipality: await municipalities(), province: await provinces() };
      const knex = open();
      await syncEntireHierarchy(knex, { curatedFields: ["households"] });
      const right = {
        municipality: await expectedMunicipalities(database),
        province: await expectedProvinces(database),
      };
      for (const level of ["municipality", "province"] as const) {
        const stored = await storedCoverages(database, level);
        for (const [code, figures] of Object.entries(stored)) {
          const households = before[level][code]?.households;
          expect(figures, code).toEqual({ ...right[level][code], households });
        }
      }
      await expect(syncEntireHierarchy(knex, { curatedFields: ["house_holds" as Field] })).rejects.toMatchObject({
        code: "USAGE",
        message: "curatedFields: unknown field house_holds",
      });
    });

    it("syncChanged syncs what was written, and nothing if nothing was", async () => {
      const knex = open();
      expect(await syncChanged(knex)).toEqual({ municipalitiesSynced: 0, provincesSynced: 0 });
      await knex("obc_communities")
        .whereIn("barangay_id", knex("barangays").whereLike("code", "1001302%").select("id"))
        .delete();
      await addCommunity(database, IN_BAUNGON, { households: 12 });
      expect(await syncChanged(knex)).toEqual({ municipalitiesSynced: 2, provincesSynced: 1 });
      await expectCoveragesInStep(database);
      expect(await database.rows("select * from obc_sync_change_log")).toEqual([]);
    });

    it("unknown and ambiguous units are refused with their names, and nothing is written", async () => {
      await raiseEveryCommunity();
      const before = await municipalities();
      const knex = open();
      await expect(bulkSyncCommunities(knex, [IN_DAMULOG, "9999999999", 99_999_999])).rejects.toMatchObject({
        code: "UNIT_UNKNOWN",
        message: "no barangay has the code or id 9999999999, 99999999",
      });
      await expect(bulkRefreshMunicipalities(knex, [DAMULOG, "Atlantis"])).rejects.toMatchObject({
        code: "UNIT_UNKNOWN",
        message: 'no municipality has the code or name "Atlantis"',
      });
      await expect(syncForMunicipality(knex, "San Jose")).rejects.toMatchObject({ code: "UNIT_AMBIGUOUS" });
      await expect(syncForProvince(knex, "9999900000")).rejects.toMatchObject({ code: "UNIT_UNKNOWN" });
      await expect(syncEntireHierarchy(knex, { region: "99" })).rejects.toMatchObject({ code: "UNIT_UNKNOWN" });
      expect(await municipalities()).toEqual(before);
    });
  },
  { stage: "example" },
);
