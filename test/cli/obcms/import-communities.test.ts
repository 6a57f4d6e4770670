/** An import into the tables of OBCMS: rows by any code or by names, and rows as Django would have written them. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { documentOf, type ErrorDocument } from "../../helpers/documents.ts";
import { onEveryObcms } from "../../helpers/obcms/make-obcms.ts";
import { temporaryFolder } from "../../helpers/temporary-folder.ts";

interface ImportDocument {
  created: number;
  updated: number;
  unchanged: number;
  rejected: number;
  rejects: Array<{ row: number; column: string; code: string; value: string; message: string }>;
  archived: Array<{ code: string; name: string; municipality: string }>;
  sync: { municipalities: { created: number; updated: number; unchanged: number } } | null;
}

onEveryObcms("import communities into OBCMS", (database) => {
  beforeEach(async () => {
    await database.obcSync(["migrate"]);
  });

  function file(...lines: string[]): string {
    const path = join(temporaryFolder(), "communities.csv");
    writeFileSync(path, `${lines.join("\n")}\n`);
    return path;
  }
  const run = async (path: string, ...flags: string[]) => {
    const result = await database.obcSync(["import", "communities", path, "--json", ...flags]);
    return { ...documentOf<ImportDocument>(result), exitCode: result.exitCode };
  };
  const community = async (code: string) => {
    const [row] = await database.rows(
      `select c.* from communities_obc_community c join common_barangay b on b.id = c.barangay_id where b.code = ?`,
      code,
    );
    return row;
  };

  it("changes nothing when a template with the stored values is imported as it is", async () => {
    await run(
      file(
        "barangay_code,households,settlement_type,primary_ethnolinguistic_group,notes,latitude",
        "BUKIDNON_BAUNGON_IMBATUG,11,village,kagan_kalagan,'=1+1,7.25",
        "BUKIDNON_BAUNGON_BALINTAD,,dispersed,,,",
      ),
    );
    const before = await database.rows("select * from communities_obc_community order by id");
    const [{ active } = { active: 0 }] = await database.rows<{ active: number }>(
      "select count(*) as active from communities_obc_community c join common_barangay b on b.id = c.barangay_id join common_municipality m on m.id = b.municipality_id where m.code = 'BUKIDNON_BAUNGON' and not c.is_deleted",
    );
    for (const name of ["list.xlsx", "list.csv"]) {
      const path = join(temporaryFolder(), name);
      const made = await database.obcSync([
        "import",
        "communities",
        "--template",
        path,
        "--municipality",
        "BUKIDNON_BAUNGON",
        "--with-values",
      ]);
      expect(made).toMatchObject({
        exitCode: 0,
        stdout: expect.stringContaining(`, ${active} with the stored values`),
      });
      expect(await run(path, "--blank", "clear")).toMatchObject({
        exitCode: 0,
        created: 0,
        updated: 0,
        unchanged: Number(active),
      });
    }
    expect(await database.rows("select * from communities_obc_community order by id")).toEqual(before);
  });

  it("finds the barangay of a row by its stored code, its PSGC code or its names", async () => {
    await database.obcSync(["import", "geography"]);
    const path = file(
      "barangay_code,province,municipality,barangay,households",
      "BUKIDNON_BAUNGON_IMBATUG,,,,11",
      "bukidnon_baungon_balintad,,,,12",
      "1001322004,,,,13",
      "907322001,,,,14",
      ",Lanao del Norte,Bal-oi,Brgy. Maria-Cristina,15",
      ",Basilan,Isabela City,Dona Ramona T. Alano,16",
      "1130700002,Davao del Sur,Davao City,Agdao,17",
    );
    expect(await run(path)).toMatchObject({ exitCode: 0, created: 2, updated: 5, unchanged: 0, rejected: 0 });
    const households = await database.rows<{ code: string; households: number }>(
      `select b.code, c.households from communities_obc_community c join common_barangay b on b.id = c.barangay_id
        where c.households between 11 and 17 and c.updated_at > '2026-01-07' order by 2`,
    );
    expect(households.map(({ code }) => code)).toEqual([
      "BUKIDNON_BAUNGON_IMBATUG",
      "BUKIDNON_BAUNGON_BALINTAD",
      "BUKIDNON_CABANGLASAN_IMBATUG",
      "ZAMBOANGA_DEL_SUR_PAGADIAN_CITY_ALEGRIA",
      "LANAO_DEL_NORTE_BALOI_MARIA_CRISTINA",
      "HUC_ISABELA_CITY_CITY_OF_ISABELA_DONA_RAMONA_T_ALANO",
      "HUC_DAVAO_CITY_CITY_OF_DAVAO_AGDAO",
    ]);
    expect((await database.obcSync(["verify", "--municipality", "Baungon"])).exitCode).toBe(0);
    expect(await run(path)).toMatchObject({ created: 0, updated: 0, unchanged: 7 });
  });

  it("says what to give where a code is unknown", async () => {
    const path = file("barangay_code,households", "1001301012,5", "BUKIDNON_BAUNGON_IMBATOG,6", ",7", "1.00E+09,8");
    const { exitCode, rejects } = await run(path);
    expect(exitCode).toBe(3);
    expect(rejects.map(({ row, message }) => [row, message])).toEqual([
      [
        2,
        "the PSGC codes of the places are not known yet; find them with obc-sync import geography, or give the names",
      ],
      [3, "no barangay has this code; check it, or give the ten-digit PSGC code or the names"],
      [4, "the barangay is missing; give its code in the database or its ten-digit PSGC code, or its name"],
      [5, "a spreadsheet shortened this code; format the column as text and enter the ten digits again"],
    ]);
    const names = file("municipality,barangay,households", "Baungon,Imbatug,5");
    expect(await run(names)).toMatchObject({ exitCode: 0, updated: 1 });
  });

  it("says that a code is of the PSGC where no place was matched to it", async () => {
    await database.obcSync(["import", "geography"]);
    // The database has two places of this name; nobody has the second code; the third is that of a municipality.
    const [unmatched, unknown, municipality] = ["1003507010", "1003507999", "1003507000"];
    const path = file(
      "barangay_code,municipality,barangay,households",
      ...[`${unmatched},,,5`, `${unknown},,,6`, `${municipality},,,7`, `${unmatched},Kauswagan,Bara-ason,8`],
    );
    const { exitCode, rejects } = await run(path);
    expect(exitCode).toBe(3);
    const neither = "no place of the database has this PSGC code; check its digits, or give";
    const isOfThePsgc =
      "this is the PSGC code of Poblacion, Kauswagan, but obc-sync import geography matched no place of the database to it; give";
    const instead = "the names instead, or the code of the place in the database";
    expect(rejects.slice(0, 3).map(({ row, code, message }) => [row, code, message])).toEqual([
      [2, unmatched, `${isOfThePsgc} ${instead}`],
      [3, unknown, `${neither} ${instead}`],
      [4, municipality, `${neither} ${instead}`],
    ]);
    expect(rejects[3]?.message).toContain(`${isOfThePsgc} ${instead}; nearest: LANAO_DEL_NORTE_KAUSWAGAN_BARA_ASON`);
    const resolved = await database.obcSync(["import", "communities", path, "--resolve-only"]);
    expect(resolved.stdout).toContain("this is the PSGC code of Poblacion, Kauswagan");
    const source = await database.obcSync(["verify", "--source", path]);
    expect(source.stderr).toContain("this is the PSGC code of Poblacion, Kauswagan");
    const shown = documentOf<ErrorDocument>(await database.obcSync(["community", "show", unmatched, "--json"]));
    expect(shown.error).toEqual({
      code: "UNIT_UNKNOWN",
      message: `no barangay has the code or name "${unmatched}"`,
      hint: 'No place of the database was matched to this PSGC code. Check its digits, or give the code in the database, or the name with its municipality: "Imbatug, Baungon".',
    });
  });

  it("creates a row as Django would, and imports it again without a change", async () => {
    const path = file(
      "barangay_code,obc_id,households,mosques_count,settlement_type,proximity_to_barmm,notes",
      "BUKIDNON_BAUNGON_BUENAVISTA,B-1,20,,,,",
      "BUKIDNON_DAMULOG_KIRAON,,30,2,Dispersed Settlement,near barmm,by the sea",
    );
    expect(await run(path)).toMatchObject({ created: 2, updated: 0 });
    expect(await community("BUKIDNON_BAUNGON_BUENAVISTA")).toMatchObject({
      ...{ obc_id: "B-1", households: 20, families: null, mosques_count: 0, asatidz_count: 0 },
      ...{ settlement_type: "village", proximity_to_barmm: "", notes: "", community_names: "", origin_story: "" },
      ...{ latitude: null, established_year: null, deleted_at: null },
    });
    expect(await community("BUKIDNON_DAMULOG_KIRAON")).toMatchObject({
      ...{ settlement_type: "dispersed", proximity_to_barmm: "near", mosques_count: 2, notes: "by the sea" },
    });
    const before = await community("BUKIDNON_DAMULOG_KIRAON");
    for (const flags of [[], ["--blank", "clear"]]) {
      const again = await run(path, ...flags);
      expect(again).toMatchObject({ created: 0, updated: 0, unchanged: 2, sync: { municipalities: { updated: 0 } } });
    }
    expect(await community("BUKIDNON_DAMULOG_KIRAON")).toEqual(before);
  });

  it("keeps an empty text where the cell is empty", async () => {
    await database.rows("update communities_obc_community set settlement_type = '', notes = ''");
    const path = file("barangay_code,settlement_type,notes,mosques_count", "BUKIDNON_DAMULOG_ALUDAS,,,");
    expect(await run(path)).toMatchObject({ created: 0, updated: 0, unchanged: 1 });
    expect(await run(path, "--blank", "clear")).toMatchObject({ created: 0, updated: 1 });
    expect(await community("BUKIDNON_DAMULOG_ALUDAS")).toMatchObject({ settlement_type: "village", notes: "" });
  });

  it("takes choices by value, label or known spelling, in any case, and refuses others with the list", async () => {
    const good = file(
      "barangay_code,primary_ethnolinguistic_group,settlement_type",
      "BUKIDNON_BAUNGON_BALINTAD,Maranao,SITIO",
      "BUKIDNON_BAUNGON_IMBATUG,MAGUINDANAO,village",
      "BUKIDNON_DAMULOG_ALUDAS,Kagan/Kalagan,Purok",
      "BUKIDNON_DAMULOG_KIRAON,jama mapun,dispersed settlement",
      "BUKIDNON_DAMULOG_KINAPAT,tausug,",
    );
    expect(await run(good)).toMatchObject({ exitCode: 0, rejected: 0 });
    const rows = await database.rows<{ g: string; s: string }>(
      `select primary_ethnolinguistic_group as g, settlement_type as s from communities_obc_community
        where primary_ethnolinguistic_group <> '' order by 1`,
    );
    expect(rows.map(({ g, s }) => `${g} ${s}`)).toEqual([
      "jama_mapun dispersed",
      "kagan_kalagan purok",
      "maguindanaon village",
      "meranaw sitio",
      "tausug village",
    ]);
    const bad = file(
      "barangay_code,primary_ethnolinguistic_group,proximity_to_barmm,obc_id",
      `BUKIDNON_BAUNGON_BALINTAD,Cebuano,far away,${"é".repeat(50)}`,
      `BUKIDNON_BAUNGON_IMBATUG,,,${"x".repeat(51)}`,
    );
    const { exitCode, rejects } = await run(bad);
    expect(exitCode).toBe(3);
    expect(rejects.map(({ row, column, value, message }) => [row, column, value.slice(0, 9), message])).toEqual([
      [
        ...[2, "primary_ethnolinguistic_group", "Cebuano"],
        "not one of: badjao, iranun, jama_mapun, kagan_kalagan, kolibugan, maguindanaon, meranaw, molbog, palawani, sama, sangil, tausug, yakan, other",
      ],
      [2, "proximity_to_barmm", "far away", "not one of: adjacent, near, distant"],
      [3, "obc_id", "xxxxxxxxx", "too long: 51 characters, and the column takes 50"],
    ]);
    // Neither writes: only the catalog knows the length.
    const inspected = documentOf<{ rejects: unknown }>(await database.obcSync(["inspect", bad, "--json"]));
    expect(inspected.rejects).toEqual(rejects);
    const long = file("barangay_code,obc_id", `BUKIDNON_BAUNGON_IMBATUG,${"x".repeat(51)}`);
    const verified = await database.obcSync(["verify", "--source", long]);
    expect([verified.exitCode, verified.stderr]).toEqual([1, expect.stringContaining("the column takes 50")]);
  });

  it("a template of a unit can be filled in and imported", async () => {
    const path = join(temporaryFolder(), "region-IX.csv");
    const { exitCode } = await database.obcSync(["import", "communities", "--template", path, "--region", "IX"]);
    expect(exitCode).toBe(0);
    // Some of its communities are archived.
    expect(await run(path)).toMatchObject({ exitCode: 0, updated: 0, unchanged: 11, warnings: [] });
    const [header = "", ...lines] = readFileSync(path, "utf8").trim().split(/\r?\n/);
    expect(lines).toHaveLength(17);
    const code = header.split(",").indexOf("barangay_code");
    const households = header.split(",").indexOf("households");
    const filled = lines.map((line) => line.split(","));
    expect(filled.map((cells) => cells[code])).toContain("ZAMBOANGA_DEL_SUR_AURORA_ACAD");
    for (const cells of filled) cells[households] = "9";
    writeFileSync(path, `${[header, ...filled.map((cells) => cells.join(","))].join("\n")}\n`);
    expect(await run(path)).toMatchObject({ exitCode: 0, created: 6, updated: 11, rejected: 0 });
  });

  it("shows what each row resolves to, before the database has been set up too", async () => {
    await database.reset();
    const { makeObcms } = await import("../../helpers/obcms/make-obcms.ts");
    await makeObcms(database);
    const path = file("barangay_code,municipality,barangay,households", ",Baungon,imbatug,5", "1001301012,,,6");
    const result = await database.obcSync(["import", "communities", path, "--resolve-only", "--json"]);
    const { rows } = documentOf<{ rows: Array<{ code: string | null; place: string; message: string }> }>(result);
    expect(result.exitCode).toBe(3);
    expect(rows[0]).toMatchObject({ code: "BUKIDNON_BAUNGON_IMBATUG", place: "Imbatug, Baungon, Bukidnon" });
    expect(rows[1]?.code).toBe(null);
    expect(rows[1]?.message).toContain("obc-sync import geography");
  });

  it("archives what a complete file lacks, writes rejects, and verifies against its source", async () => {
    const path = file(
      "barangay_code,households",
      ...["ALUDAS,5", "ANGGA_AN,6", "TANGKULAN,7"].map((row) => `BUKIDNON_DAMULOG_${row}`),
    );
    const flags = ["--archive-missing", "--municipality", "BUKIDNON_DAMULOG", "--yes"];
    const imported = await run(path, ...flags);
    const expected = [{ code: "BUKIDNON_DAMULOG_KINAPAT", name: "Kinapat", municipality: "Damulog" }];
    expect(imported).toMatchObject({ exitCode: 0, updated: 3, archived: expected });
    const kinapat = await community("BUKIDNON_DAMULOG_KINAPAT");
    expect(Boolean(kinapat?.is_deleted)).toBe(true);
    expect(kinapat?.deleted_at).not.toBe(null);
    const verified = await database.obcSync(["verify", "--source", path, "--municipality", "Damulog"]);
    expect([verified.exitCode, verified.stdout]).toEqual([0, expect.stringContaining("The database agrees with")]);

    const mixed = file("barangay_code,households", "BUKIDNON_DAMULOG_ALUDAS,50", "BUKIDNON_DAMULOG_NOWHERE,6");
    const rejects = join(temporaryFolder(), "rejects.csv");
    const skipped = await run(mixed, "--skip-invalid", "--rejects", rejects);
    expect(skipped).toMatchObject({ exitCode: 3, updated: 1, rejected: 1 });
    expect(readFileSync(rejects, "utf8")).toContain(
      "BUKIDNON_DAMULOG_NOWHERE,6,3,barangay_code,BUKIDNON_DAMULOG_NOWHERE",
    );
  });
});
