import { expect, it } from "vitest";
import { onEveryDatabase } from "../../helpers/databases.ts";
import { documentOf, type ErrorDocument, type SyncDocument } from "../../helpers/documents.ts";
import { expectCoveragesInStep } from "../../helpers/in-step.ts";
import { expectedMunicipalities, expectedProvinces, storedCoverages } from "../../helpers/plain-sql.ts";

onEveryDatabase(
  "a narrowed sync",
  (database) => {
    const sync = async (...flags: string[]) =>
      documentOf<SyncDocument>(await database.obcSync(["sync", "--json", ...flags]));
    const changeEverything = () => database.rows("update obc_communities set households = coalesce(households, 0) + 1");
    const refusal = async (...flags: string[]) => {
      const result = await database.obcSync(["sync", "--json", ...flags]);
      expect(result).toMatchObject({ exitCode: 1, stderr: "" });
      return documentOf<ErrorDocument>(result).error;
    };

    it.each([
      { flags: ["--region", "1000000000"], prefix: "10" },
      { flags: ["--region", "10"], prefix: "10" },
      { flags: ["--region", "Region X"], prefix: "10" },
      { flags: ["--region", "northern mindanao"], prefix: "10" },
      { flags: ["--province", "1001300000"], prefix: "10013" },
      { flags: ["--province", "10013"], prefix: "10013" },
      { flags: ["--province", "Bukidnon"], prefix: "10013" },
      { flags: ["--municipality", "1030900"], prefix: "1030900" },
      { flags: ["--municipality", "Iligan City"], prefix: "1030900" },
      { flags: ["--municipality", "piñan"], prefix: "0907209" },
      { flags: ["--municipality", "ILIGAN, Lanao del Norte"], prefix: "1030900" },
      { flags: ["--province", "Province of Bukidnon, Region X"], prefix: "10013" },
    ])("$flags writes those units and the provinces above them, and no others", async ({ flags, prefix }) => {
      const before = await storedCoverages(database, "municipality");
      await changeEverything();
      const report = await sync(...flags);

      const right = await expectedMunicipalities(database);
      const stored = await storedCoverages(database, "municipality");
      const inScope = Object.keys(right).filter((code) => code.startsWith(prefix));
      expect(inScope.length).toBe(report.municipalities.updated);
      for (const code of Object.keys(right))
        expect(stored[code]).toEqual(inScope.includes(code) ? right[code] : before[code]);

      // The provinces above are the sum of all their municipalities. Those outside the scope count as stored.
      const provinces = await expectedProvinces(database);
      const storedProvinces = await storedCoverages(database, "province");
      const above = new Set(inScope.map((code) => `${code.slice(0, 5)}00000`));
      expect(report.provinces.updated).toBe(above.size);
      for (const code of above) expect(storedProvinces[code]).toEqual(provinces[code]);
    });

    it("accepts several units, and counts each once", async () => {
      await changeEverything();
      const report = await sync("--province", "Bukidnon", "--province", "1030900000", "--province", "10013");
      expect(report.scope).toEqual({ kind: "province", units: ["1001300000", "1030900000"] });
      expect(new Set(report.changes.map(({ code }) => code.slice(0, 5)))).toEqual(new Set(["10013", "10309"]));
    });

    it.each([
      ["--region", "10"],
      ["--province", "1001300000"],
    ])("%s %s includes a province without municipalities", async (flag, unit) => {
      await database.rows(
        `update municipalities set province_id = (select id from provinces where code = '0907200000')
          where province_id = (select id from provinces where code = '1001300000')`,
      );
      const report = await sync(flag, unit);
      expect(report.changes).toContainEqual(expect.objectContaining({ code: "1001300000", action: "updated" }));
      expect(
        await database.rows(
          `select v.total_municipalities, v.total_obc_communities, v.households, v.key_municipalities
             from province_coverages v join provinces p on p.id = v.province_id where p.code = '1001300000'`,
        ),
      ).toEqual([{ total_municipalities: 0, total_obc_communities: 0, households: 0, key_municipalities: "" }]);
      // The province that gained the municipalities is in another region: its entry stays in the log.
      await sync("--changed");
      await expectCoveragesInStep(database);
    });

    it("--region knows a region without provinces", async () => {
      await database.rows(
        "update provinces set region_id = (select id from regions where code = '0900000000') where code like '10%'",
      );
      expect(await sync("--region", "10")).toMatchObject({
        scope: { units: ["1000000000"] },
        communities: 0,
        changes: [],
      });
      await sync("--changed");
      await expectCoveragesInStep(database);
    });

    it("--no-provinces stops at municipalities", async () => {
      const before = await storedCoverages(database, "province");
      await changeEverything();
      const report = await sync("--no-provinces");
      expect(await storedCoverages(database, "municipality")).toEqual(await expectedMunicipalities(database));
      expect(await storedCoverages(database, "province")).toEqual(before);
      expect(report.provinces).toEqual({ created: 0, updated: 0, unchanged: 0, manual: 0, archived: 0 });
    });

    it("refuses a name that several units have, and lists these with their codes", async () => {
      const error = await refusal("--municipality", "San Jose");
      expect(error).toMatchObject({ code: "UNIT_AMBIGUOUS", message: expect.stringContaining('"San Jose"') });
      expect(error.hint).toContain("0600613000 San Jose, Antique");
      expect(error.hint).toContain("1705914000 San Jose, Romblon");
      expect(await sync("--municipality", "San Jose, Antique")).toMatchObject({ scope: { units: ["0600613000"] } });
    });

    it("refuses an unknown name or code, and suggests the nearest", async () => {
      const name = await refusal("--province", "Bukidnom");
      expect(name).toMatchObject({ code: "UNIT_UNKNOWN", message: expect.stringContaining('"Bukidnom"') });
      expect(name.hint).toContain("1001300000 Bukidnon");
      expect(await refusal("--region", "15")).toMatchObject({ code: "UNIT_UNKNOWN" });
      expect(await refusal("--municipality", "")).toMatchObject({ code: "USAGE" });
      expect(await refusal("--region", "10", "--province", "Bukidnon")).toMatchObject({ code: "USAGE" });
    });

    it("verify accepts the same scopes", async () => {
      await changeEverything();
      await sync("--province", "Bukidnon");
      expect(await database.obcSync(["verify", "--province", "Bukidnon"])).toMatchObject({ exitCode: 0 });
      const rest = documentOf<{ drift: Array<{ code: string }> }>(
        await database.obcSync(["verify", "--region", "10", "--json"]),
      );
      expect(rest.drift.length).toBeGreaterThan(0);
      expect(rest.drift.filter(({ code }) => !code.startsWith("10") || code.startsWith("10013"))).toEqual([]);
    });
  },
  { stage: "example" },
);
