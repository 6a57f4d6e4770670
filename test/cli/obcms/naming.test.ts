/** On the tables of OBCMS, units are named by the codes stored there, by PSGC codes and by names. */
import { beforeEach, expect, it } from "vitest";
import { bulkSyncCommunities } from "../../../src/index.ts";
import { documentOf, type ErrorDocument, type SyncDocument } from "../../helpers/documents.ts";
import { onEveryObcms } from "../../helpers/obcms/make-obcms.ts";

onEveryObcms("a unit of OBCMS", (database) => {
  beforeEach(async () => {
    expect((await database.obcSync(["migrate"])).exitCode).toBe(0);
  });

  const scope = async (...args: string[]) => {
    const { scope } = documentOf<SyncDocument>(await database.obcSync(["sync", "--dry-run", "--json", ...args]));
    return scope.units;
  };
  const errorOf = async (...args: string[]) => {
    const result = await database.obcSync([...args, "--json"]);
    expect(result.exitCode).toBe(1);
    return documentOf<ErrorDocument>(result).error;
  };

  it("is named by its stored code in any case, or by its name, without any PSGC code", async () => {
    expect(await scope("--municipality", "BUKIDNON_BAUNGON")).toEqual(["BUKIDNON_BAUNGON"]);
    expect(await scope("--municipality", "bukidnon_baungon")).toEqual(["BUKIDNON_BAUNGON"]);
    expect(await scope("--municipality", "Baungon, Bukidnon")).toEqual(["BUKIDNON_BAUNGON"]);
    expect(await scope("--municipality", "Pagadian City")).toEqual(["ZAMBOANGA_DEL_SUR_PAGADIAN_CITY"]);
    expect(await scope("--province", "HUC_DAVAO_CITY")).toEqual(["HUC_DAVAO_CITY"]);
    expect(await scope("--province", "Bukidnon, Region X")).toEqual(["BUKIDNON"]);
    for (const region of ["IX", "ix", "09", "9", "0900000000", "Region IX", "Zamboanga Peninsula"]) {
      expect(await scope("--region", region)).toEqual(["IX"]);
    }
  });

  it("has the municipalities beneath it in scope", async () => {
    const synced = documentOf<SyncDocument>(await database.obcSync(["sync", "--region", "XI", "--json"]));
    const [davao] = await database.rows<{ n: number }>(
      `select count(*) as n from communities_obc_community c
         join common_barangay b on b.id = c.barangay_id
         join common_municipality m on m.id = b.municipality_id
        where not c.is_deleted and m.code = 'HUC_DAVAO_CITY_CITY_OF_DAVAO'`,
    );
    expect(synced).toMatchObject({ scope: { kind: "region", units: ["XI"] }, communities: Number(davao?.n) });
    expect(synced.changes.map(({ code }) => code)).toEqual(["HUC_DAVAO_CITY_CITY_OF_DAVAO", "HUC_DAVAO_CITY"]);
  });

  it("is named by its PSGC code once these are known", async () => {
    expect(await errorOf("sync", "--municipality", "1001301000")).toMatchObject({
      code: "UNIT_UNKNOWN",
      hint: expect.stringContaining("Run: obc-sync import geography"),
    });
    expect((await errorOf("community", "show", "1001301012")).hint).toContain("Run: obc-sync import geography");
    await database.obcSync(["import", "geography"]);
    expect(await scope("--municipality", "1001301000")).toEqual(["BUKIDNON_BAUNGON"]);
    expect(await scope("--municipality", "1001301")).toEqual(["BUKIDNON_BAUNGON"]);
    expect(await scope("--province", "1130700000")).toEqual(["HUC_DAVAO_CITY"]);
    expect(await scope("--municipality", "1130700000")).toEqual(["HUC_DAVAO_CITY_CITY_OF_DAVAO"]);
    // Lanao del Norte was in region 12.
    expect(await scope("--province", "1203500000")).toEqual(["LANAO_DEL_NORTE"]);
    expect((await errorOf("coverage", "show", "1130700000")).message).toContain(
      "is both a municipality and a province-level unit",
    );
  });

  it("says that a unit may lack its PSGC code", async () => {
    await database.obcSync(["import", "geography"]);
    await database.rows("delete from obc_sync_places where psgc_code = '1001301000'");
    const { message, hint } = await errorOf("sync", "--municipality", "1001301000");
    expect(message).toBe('no municipality has the code or name "1001301000"');
    expect(hint).toMatch(
      /^Not every place has its PSGC code: give the code in the database, or the name. Most similar: /,
    );
  });

  it("is suggested by its stored code where a code or name is unknown", async () => {
    expect((await errorOf("sync", "--municipality", "BUKIDNON_BAUNGO")).hint).toMatch(
      /^Most similar: BUKIDNON_BAUNGON Baungon, Bukidnon/,
    );
    expect((await errorOf("community", "show", "Nowhere")).hint).toBe(
      'Give its code in the database or its ten-digit PSGC code, or its name with its municipality: "Imbatug, Baungon".',
    );
    const { message, hint } = await errorOf("community", "show", "Imbatug");
    expect(message).toBe('2 barangays are named "Imbatug"');
    expect(hint).toContain("BUKIDNON_BAUNGON_IMBATUG Imbatug, Baungon, Bukidnon");
  });

  it("has a community and a coverage that are changed by any of them", async () => {
    await database.obcSync(["import", "geography"]);
    const households = async () => {
      const [row] = await database.rows<{ households: number; updated_at: unknown }>(
        `select households from communities_obc_community
          where barangay_id = (select id from common_barangay where code = 'BUKIDNON_BAUNGON_IMBATUG')`,
      );
      return row?.households;
    };
    const references = ["BUKIDNON_BAUNGON_IMBATUG", "bukidnon_baungon_imbatug", "1001301012", "Imbatug, Baungon"];
    for (const [index, reference] of references.entries()) {
      const { exitCode } = await database.obcSync(["community", "set", reference, `households=${300 + index}`]);
      expect([exitCode, await households()]).toEqual([0, 300 + index]);
    }
    for (const reference of ["BUKIDNON_CABANGLASAN", "1001322000", "Cabanglasan"]) {
      const { stdout } = await database.obcSync(["coverage", "show", reference]);
      expect(stdout).toContain("Cabanglasan, Bukidnon (BUKIDNON_CABANGLASAN)");
    }
  });

  it("has communities that the library syncs by code, PSGC code or id", async () => {
    await database.obcSync(["import", "geography"]);
    const [balintad] = await database.rows<{ id: number }>(
      "select id from common_barangay where code = 'BUKIDNON_BAUNGON_BALINTAD'",
    );
    const references = ["BUKIDNON_DAMULOG_ALUDAS", "1130700002", balintad?.id as number];
    const statistics = await bulkSyncCommunities(database.knex, references);
    expect(statistics).toMatchObject({ communitiesProcessed: 3, municipalitiesSynced: 3, provincesSynced: 2 });
    await expect(bulkSyncCommunities(database.knex, ["NOWHERE", 1])).rejects.toMatchObject({
      code: "UNIT_UNKNOWN",
      message: "no barangay has the code or id NOWHERE, 1",
      hint: "Give codes of barangays as strings, or ids of the table common_barangay as numbers.",
    });
  });
});
