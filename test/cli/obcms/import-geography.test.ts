/** On the tables of OBCMS, an import of the geography only finds the PSGC codes of the places. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import type { TestDatabase } from "../../helpers/databases.ts";
import { documentOf, type ImportCounts } from "../../helpers/documents.ts";
import { onEveryObcms } from "../../helpers/obcms/make-obcms.ts";
import { temporaryFolder } from "../../helpers/temporary-folder.ts";

interface Counts {
  region: number;
  province: number;
  municipality: number;
  barangay: number;
}

interface CodesDocument extends ImportCounts {
  psgcCodes: {
    changes: Array<{ level: string; code: string; action: string; before: string | null; after: string | null }>;
    unplaced: Array<{ level: string; code: string; name: string; parent: string; message: string }>;
    placed: Counts;
    unused: Counts;
  };
}

const PLACE_TABLES = ["common_region", "common_province", "common_municipality", "common_barangay"];

/** Read off the edition: the first by the name itself, the others by a rule of an import by names. */
const CODED = {
  BUKIDNON_BAUNGON_IMBATUG: "1001301012",
  BUKIDNON_CABANGLASAN_IMBATUG: "1001322004",
  // Maria-Cristina
  LANAO_DEL_NORTE_BALOI_MARIA_CRISTINA: "1003502015",
  // Dona Ramona T. Alano
  HUC_ISABELA_CITY_CITY_OF_ISABELA_DONA_RAMONA_T_ALANO: "0990101016",
  ZAMBOANGA_DEL_SUR_PAGADIAN_CITY_ALEGRIA: "0907322001",
  HUC_DAVAO_CITY_CITY_OF_DAVAO_AGDAO: "1130700002",
};

onEveryObcms("import geography into OBCMS", (database) => {
  beforeEach(async () => {
    expect((await database.obcSync(["migrate"])).exitCode).toBe(0);
  });

  const run = async (...args: string[]) => {
    const result = await database.obcSync(["import", "geography", ...args, "--json"]);
    return { ...documentOf<CodesDocument>(result), exitCode: result.exitCode };
  };

  it("finds the PSGC codes by names and touches no place", async () => {
    const before = await places(database);
    const imported = await run();
    expect(imported).toMatchObject({ exitCode: 0, updated: 0, unchanged: 0, removed: 0, rejected: 0 });
    expect(await places(database)).toEqual(before);
    const codes = await storedCodes(database);
    expect(imported.created).toBe(codes.length);
    const [units] = await database.rows<{ n: number }>(
      `select ${PLACE_TABLES.map((table) => `(select count(*) from ${table})`).join(" + ")} as n`,
    );
    expect(imported.psgcCodes.unplaced).toHaveLength(Number(units?.n) - codes.length);
    const byLevel = (level: string) => codes.filter((row) => row.level === level);
    expect(Object.fromEntries(byLevel("region").map(({ code, psgc_code }) => [code, psgc_code]))).toEqual({
      IX: "0900000000",
      X: "1000000000",
      XI: "1100000000",
    });
    expect(Object.fromEntries(byLevel("province").map(({ code, psgc_code }) => [code, psgc_code]))).toEqual({
      BUKIDNON: "1001300000",
      HUC_DAVAO_CITY: "1130700000",
      HUC_ISABELA_CITY: "0990100000",
      LANAO_DEL_NORTE: "1003500000",
      ZAMBOANGA_DEL_SUR: "0907300000",
    });
    expect(Object.fromEntries(byLevel("municipality").map(({ code, psgc_code }) => [code, psgc_code]))).toMatchObject({
      BUKIDNON_BAUNGON: "1001301000",
      ZAMBOANGA_DEL_SUR_PAGADIAN_CITY: "0907322000",
      HUC_DAVAO_CITY_CITY_OF_DAVAO: "1130700000",
    });
    const barangays = byLevel("barangay");
    expect(Object.fromEntries(barangays.map(({ code, psgc_code }) => [code, psgc_code]))).toMatchObject(CODED);
    // The code of each is one beneath the code of its municipality.
    for (const { psgc_code, above } of barangays) expect(psgc_code.slice(0, 7)).toBe(String(above).slice(0, 7));
    expect(imported.psgcCodes.placed).toEqual({
      region: 3,
      province: 5,
      municipality: byLevel("municipality").length,
      barangay: barangays.length,
    });
    // 18 regions and 118 province-level units in all.
    expect(imported.psgcCodes.unused).toMatchObject({ region: 15, province: 113 });
  });

  it("gives no code to two places of one name, or to a made-up one, and says why", async () => {
    const { psgcCodes } = await run();
    const message = (code: string) => psgcCodes.unplaced.find((place) => place.code === code)?.message;
    expect(message("LANAO_DEL_NORTE_KAUSWAGAN_POBLACION")).toBe("other places have this name too");
    expect(message("LANAO_DEL_NORTE_KAUSWAGAN_POBLACION_2")).toBe("other places have this name too");
    expect(message("BUKIDNON_BAUNGON_ALI_MAYA")).toContain("no other unit of the PSGC in Baungon has this name");
    const codes = (await storedCodes(database)).map(({ code }) => code);
    expect(codes).not.toContain("LANAO_DEL_NORTE_KAUSWAGAN_POBLACION");
    expect(codes).not.toContain("BUKIDNON_BAUNGON_ALI_MAYA");
  });

  it("changes nothing when it is run again or dry", async () => {
    const dry = await run("--dry-run");
    expect(dry.created).toBeGreaterThan(50);
    expect(await storedCodes(database)).toEqual([]);
    await run();
    const codes = await storedCodes(database);
    expect(await run()).toMatchObject({ created: 0, updated: 0, unchanged: codes.length, removed: 0 });
    expect(await storedCodes(database)).toEqual(codes);
  });

  it("keeps a code that a person has set, and forgets those of places that are gone", async () => {
    await run();
    const [nuno] = await database.rows<{ id: number }>(
      "select id from common_barangay where code = 'BUKIDNON_BAUNGON_NUNO_2'",
    );
    // A barangay of Baungon that the database lacks.
    await database.rows("insert into obc_sync_places values ('barangay', ?, '1001301003')", nuno?.id as number);
    await database.rows("insert into obc_sync_places values ('barangay', 987654, '1001301004')");
    const { psgcCodes, ...counts } = await run();
    expect(counts).toMatchObject({ created: 0, updated: 0, removed: 1 });
    expect(psgcCodes.changes).toEqual([
      { level: "barangay", code: "", name: "", action: "removed", before: "1001301004", after: null },
    ]);
    const codes = await storedCodes(database);
    expect(codes.find(({ code }) => code === "BUKIDNON_BAUNGON_NUNO_2")?.psgc_code).toBe("1001301003");
  });

  it("takes the codes of a newer edition, and finds a place by its old name", async () => {
    await run();
    const file = edition("1001301000,Baungon,Mun,", "1001301090,Imbatug,Bgy,", "1001301091,Bagong Zamora,Bgy,Zamora");
    const { psgcCodes } = await run(file);
    const changed = psgcCodes.changes.filter(({ action }) => action !== "removed");
    expect(changed).toMatchObject([
      { code: "BUKIDNON_BAUNGON_IMBATUG", action: "updated", before: "1001301012", after: "1001301090" },
      { code: "BUKIDNON_BAUNGON_ZAMORA", action: "created", before: null, after: "1001301091" },
    ]);
    expect((await storedCodes(database)).map(({ psgc_code }) => psgc_code)).toEqual([
      ...["1001301090", "1001301091", "1001301000", "1001300000", "1000000000"],
    ]);
  });

  it("knows a misspelled municipality by its barangays, if it has those of one only", async () => {
    await database.rows("update common_municipality set name = 'Bawngon' where code = 'BUKIDNON_BAUNGON'");
    await database.rows("update common_municipality set name = 'Cabangl' where code = 'BUKIDNON_CABANGLASAN'");
    const barangays = ["Cabulohan", "Canangaan", "Iba", "Imbatug", "Lambangan"];
    const file = edition(
      "1001301000,Baungon,Mun,",
      "1001301012,Imbatug,Bgy,",
      "1001322000,Cabanglasan,Mun,",
      ...barangays.map((name, index) => `100132200${index + 1},${name},Bgy,`),
    );
    const { psgcCodes } = await run(file);
    const found = psgcCodes.changes.map(({ code, after }) => `${code} ${after}`);
    expect(found).toContain("BUKIDNON_CABANGLASAN 1001322000");
    expect(found).toContain("BUKIDNON_CABANGLASAN_LAMBANGAN 1001322005");
    const message = (code: string) => psgcCodes.unplaced.find((place) => place.code === code)?.message;
    expect(message("BUKIDNON_BAUNGON")).toContain("most similar: 1001301000 Baungon");
    expect(message("BUKIDNON_BAUNGON_IMBATUG")).toBe("its municipality has no PSGC code");
  });

  it("knows a misspelled province by its municipalities, and says where a place is otherwise", async () => {
    const rename = (code: string, name: string) =>
      database.rows(`update common_province set name = '${name}' where code = '${code}'`);
    await rename("BUKIDNON", "Bukignun");
    await rename("LANAO_DEL_NORTE", "Lanaw");
    await database.rows(
      `update common_province set region_id = (select id from common_region where code = 'X')
        where code = 'ZAMBOANGA_DEL_SUR'`,
    );
    const { psgcCodes } = await run();
    const code = (place: string) => psgcCodes.changes.find((change) => change.code === place)?.after;
    const message = (place: string) => psgcCodes.unplaced.find((unplaced) => unplaced.code === place)?.message;
    // The edition has 22 municipalities of Bukidnon, and the database six: too few.
    expect(message("BUKIDNON")).toContain("most similar: 1001300000 Bukidnon");
    expect(message("BUKIDNON_BAUNGON")).toBe("its province has no PSGC code");
    expect(message("ZAMBOANGA_DEL_SUR")).toBe(
      "no other unit of the PSGC in Region X (Northern Mindanao) has this name; elsewhere: 0907300000 Zamboanga del Sur",
    );

    const names = ["Baungon", "Damulog", "Cabanglasan", "Kalilangan", "Don Carlos"];
    const file = edition(
      ...names.flatMap((name, index) => [`100130${index + 1}000,${name},Mun,`, `100130${index + 1}001,Iba,Bgy,`]),
    );
    const again = await run(file);
    const found = again.psgcCodes.changes.map((change) => `${change.code} ${change.after}`);
    expect(found).toEqual(expect.arrayContaining(["BUKIDNON 1001300000", "BUKIDNON_DAMULOG 1001302000"]));
    expect(code("BUKIDNON")).toBeUndefined();
  });

  it("prints what could not be placed, and how many could", async () => {
    const { stdout, exitCode } = await database.obcSync(["import", "geography"]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/Places whose PSGC code was not found by their name: \d+/);
    expect(stdout).toContain("With a PSGC code now: 3 regions, 5 provinces");
    expect(stdout).toMatch(/PSGC codes +│/);
    expect(stdout).not.toContain("obc-sync sync");
  });
});

/** A datafile with a part of Bukidnon. Each line has code, name, level and old name. */
function edition(...lines: string[]): string {
  const file = join(temporaryFolder(), "edition.csv");
  const above = ["1000000000,Region X (Northern Mindanao),Reg,", "1001300000,Bukidnon,Prov,"];
  writeFileSync(
    file,
    `${["10-digit PSGC,Name,Geographic Level,Old names,2020 Population", ...above, ...lines].join("\n")}\n`,
  );
  return file;
}

function places(database: TestDatabase): Promise<unknown[]> {
  return Promise.all(PLACE_TABLES.map((table) => database.rows(`select * from ${table} order by id`)));
}

async function storedCodes(database: TestDatabase) {
  const levels = ["barangay", "municipality", "province", "region"];
  const above = "(select psgc_code from obc_sync_places where level = 'municipality' and unit_id = p.municipality_id)";
  const selects = levels.map(
    (level) => `select w.level, p.code, w.psgc_code, ${level === "barangay" ? above : "null"} as above
      from obc_sync_places w join common_${level} p on p.id = w.unit_id where w.level = '${level}'`,
  );
  return database.rows<{ level: string; code: string; psgc_code: string; above: string | null }>(
    `${selects.join(" union all ")} order by 1, 2`,
  );
}
