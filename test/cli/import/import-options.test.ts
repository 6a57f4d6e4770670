import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { columnNamed } from "../../../src/core/headings/import-columns.ts";
import { COMMUNITY_COLUMNS } from "../../../src/core/records/community.ts";
import { fileAt } from "../../../src/files/open-file.ts";
import { readXlsxRows } from "../../../src/files/xlsx/xlsx-reader.ts";
import { onEveryDatabase, type TestDatabase, useDatabase } from "../../helpers/databases.ts";
import { documentOf, type ErrorDocument } from "../../helpers/documents.ts";
import { digest } from "../../helpers/plain-sql.ts";
import { temporaryFolder, written } from "../../helpers/temporary-folder.ts";

interface Finding {
  row: number;
  code: string;
  value: string;
  kind: string;
  message: string;
  candidates?: Array<{ code: string }>;
}

interface ImportDocument {
  rows: number;
  ignoredColumns: string[];
  created: number;
  rejected: number;
  rejects: Finding[];
  warnings: Finding[];
  rejectKinds: Record<string, number>;
  stoppedAtRow: number | null;
}

async function importing(database: TestDatabase, path: string, ...flags: string[]) {
  const result = await database.obcSync(["import", "communities", path, "--json", ...flags]);
  return { exitCode: result.exitCode, ...documentOf<ImportDocument & ErrorDocument>(result) };
}

function stored(database: TestDatabase): Promise<Array<Record<string, unknown>>> {
  return database.rows(
    "select b.code, c.households, c.families from obc_communities c join barangays b on b.id = c.barangay_id order by b.code",
  );
}

describe("other headings", () => {
  const database = useDatabase("sqlite");
  const survey = () =>
    written("survey.csv", "PSGC of barangay,Muslim HH,Families,Enumerator", "1001301001,7,9,Ana", "1001301002,8,,Ben");
  const expected = [
    { code: "1001301001", households: 7, families: 9 },
    { code: "1001301002", households: 8, families: null },
  ];

  it("are all refused at once if they are not mapped", async () => {
    const { exitCode, error } = await importing(database, survey());
    expect(exitCode).toBe(1);
    expect(error.message).toMatch(/unknown columns "PSGC of barangay", "Muslim HH", "Enumerator"$/);
    expect(error.hint).toContain("--map");
  });

  it("are mapped by --map, whatever their case, blanks and punctuation; mapping to nothing ignores a column", async () => {
    const flags = ["--map", "psgc OF-barangay=barangay_code", "--map", "MUSLIM  HH=HH", "--map", "Enumerator="];
    expect(await importing(database, survey(), ...flags)).toMatchObject({ exitCode: 0, created: 2 });
    expect(await stored(database)).toEqual(expected);
  });

  it("are mapped by a --mapping file; --map takes precedence", async () => {
    const mapping = written(
      "mapping.json",
      JSON.stringify({ "PSGC of barangay": "barangay_code", "Muslim HH": "families", Enumerator: null, Families: "" }),
    );
    const mapped = await importing(database, survey(), "--mapping", mapping, "--dry-run");
    expect(mapped).toMatchObject({ exitCode: 0, created: 2 });
    const flags = ["--mapping", mapping, "--map", "Muslim HH=households", "--map", "Families=families"];
    expect(await importing(database, survey(), ...flags)).toMatchObject({ exitCode: 0, created: 2 });
    expect(await stored(database)).toEqual(expected);
  });

  it("that --ignore-unknown leaves out are listed", async () => {
    const flags = ["--map", "psgc of barangay=barangay_code", "--ignore-unknown"];
    const report = await importing(database, survey(), ...flags, "--dry-run");
    expect(report).toMatchObject({ exitCode: 0, created: 1, ignoredColumns: ["Muslim HH", "Enumerator"] });
    const resolved = await importing(database, survey(), ...flags, "--resolve-only");
    expect(resolved).toMatchObject({ exitCode: 0, ignoredColumns: ["Muslim HH", "Enumerator"] });
    const text = await database.obcSync(["import", "communities", survey(), ...flags]);
    expect(text.stdout).toContain('Ignored columns: "Muslim HH", "Enumerator"\n');
    const verified = await database.obcSync(["verify", "--source", survey(), ...flags]);
    expect(verified.stdout).toContain('Ignored columns: "Muslim HH", "Enumerator"\n');
  });

  it("that a --mapping file has for other files do not matter", async () => {
    const mapping = written(
      "mapping.json",
      JSON.stringify({ "PSGC of barangay": "barangay_code", Elsewhere: "households" }),
    );
    const flags = ["--mapping", mapping, "--map", "Muslim HH=", "--map", "Enumerator="];
    expect(await importing(database, survey(), ...flags)).toMatchObject({ exitCode: 0, created: 1 });
  });

  it("are found below a title that is longer than what is read at once", async () => {
    const file = written("title.csv", `"${"x".repeat(70_000)}"`, "barangay_code,households", "1001301001,7");
    expect(await importing(database, file)).toMatchObject({ exitCode: 0, created: 1 });
  });

  it.each([
    [["--map", "Muslim H=households"], "INPUT_INVALID", /survey\.csv, row 1: no column "Muslim H" to map/],
    [["--map", "Muslim HH"], "USAGE", /is not of the form column=field/],
    [["--map", "Muslim HH=house_holds_of_it"], "USAGE", /unknown column/],
    [["--mapping", "/no/such.json"], "INPUT_INVALID", /there is no file \/no\/such\.json/],
  ])("%j is refused", async (flags, code, message) => {
    const { exitCode, error } = await importing(database, survey(), ...flags);
    expect(exitCode).toBe(1);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it.each([
    ["[1]", /is not a mapping of columns \(not an object\)/],
    ["{", /is not a mapping of columns/],
    ['{"Muslim HH": 5}', /"Muslim HH" is not a string/],
  ])("a mapping file of %s is refused", async (content, message) => {
    const { exitCode, error } = await importing(database, survey(), "--mapping", written("mapping.json", content));
    expect(exitCode).toBe(1);
    expect(error).toMatchObject({ code: "INPUT_INVALID", message: expect.stringMatching(message) });
  });
});

onEveryDatabase("--template", (database) => {
  const header = ["region", "province", "municipality", "barangay", "barangay_code", ...COMMUNITY_COLUMNS];
  const places = (prefix: string) =>
    database.rows<Record<string, string>>(
      `select r.name as region, p.name as province, m.name as municipality, b.name as barangay, b.code
         from barangays b join municipalities m on m.id = b.municipality_id
         join provinces p on p.id = m.province_id join regions r on r.id = p.region_id
        where substr(b.code, 1, length(?)) = ? order by b.code`,
      prefix,
      prefix,
    );
  async function template(name: string, ...flags: string[]): Promise<string[][]> {
    const path = join(temporaryFolder(), name);
    const result = await database.obcSync(["import", "communities", "--template", path, ...flags]);
    expect(result).toMatchObject({ exitCode: 0, stderr: "" });
    if (name.endsWith(".csv")) return Papa.parse<string[]>(readFileSync(path, "utf8"), { skipEmptyLines: true }).data;
    const rows: string[][] = [];
    for await (const { cells } of readXlsxRows(fileAt(path))) {
      for (const cell of cells) expect(cell === null || typeof cell === "string").toBe(true);
      rows.push(cells.map((cell) => String(cell ?? "")));
    }
    return rows;
  }

  it.each(["list.csv", "list.xlsx"])("%s has only the header without a scope", async (name) => {
    const [headings = [], ...rows] = await template(name);
    // A workbook has headings for people.
    expect(headings.map((heading) => columnNamed(heading, new Map()))).toEqual(header);
    expect(rows).toEqual([]);
  });

  it.each([
    ["list.csv", ["--region", "9"], "09"],
    ["list.xlsx", ["--province", "Bukidnon"], "10013"],
  ])("%s with %j has every barangay there, with its code as text", async (name, flags, prefix) => {
    const [first = [], ...rows] = await template(name, ...flags);
    expect(first.map((heading) => columnNamed(heading, new Map()))).toEqual(header);
    const expected = (await places(prefix)).map(({ region, province, municipality, barangay, code }) => [
      region,
      province,
      municipality,
      barangay,
      code,
    ]);
    expect(expected.length).toBeGreaterThan(400);
    expect(rows.map((cells) => cells.slice(0, 5))).toEqual(expected);
    expect(rows.flatMap((cells) => cells.slice(5)).filter((cell) => cell !== "")).toEqual([]);
  });

  it.each(["list.csv", "list.xlsx"])("%s can be imported again, and every row resolves", async (name) => {
    const path = join(temporaryFolder(), name);
    await database.obcSync(["import", "communities", "--template", path, "--municipality", "Baungon"]);
    const codes = (await places("1001301")).map(({ code }) => code);
    expect(await importing(database, path, "--create-empty")).toMatchObject({
      exitCode: 0,
      rows: codes.length,
      created: codes.length,
      warnings: [],
    });
    expect((await stored(database)).map(({ code }) => code)).toEqual(codes);
  });

  it("is refused if the name has no known format, or the folder does not exist", async () => {
    const odd = await database.obcSync(["import", "communities", "--template", "list.ods"]);
    expect(odd).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/neither \.csv nor \.xlsx/) });
    for (const name of ["list.csv", "list.xlsx"]) {
      const nowhere = await database.obcSync(["import", "communities", "--template", `/no/such/${name}`]);
      expect(nowhere).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/cannot be written \(ENOENT\)/) });
    }
  });
});

describe("names that match no barangay", () => {
  const database = useDatabase("sqlite");
  // In one, a letter of ten is wrong; in the other, a letter of nine is too many.
  const survey = () =>
    written(
      "survey.csv",
      "province,municipality,barangay,households",
      "Bukidnon,Baungon,Buenavizta,3",
      "Bukidnon,Baungon,Balintadd,7",
      "Bukidnon,Baungon,Imbatug,5",
    );

  it("are rejected with the most likely candidate first, without --accept-fuzzy", async () => {
    const refused = await importing(database, survey());
    expect(refused).toMatchObject({ exitCode: 3, rejected: 2, rejectKinds: { "place-unknown": 2 } });
    expect(refused.rejects.map(({ candidates }) => candidates?.[0]?.code)).toEqual(["1001301002", "1001301001"]);
    expect(await stored(database)).toEqual([]);
  });

  it("are accepted by --accept-fuzzy from the threshold up, and each is listed", async () => {
    const taken = await importing(database, survey(), "--accept-fuzzy", "--dry-run");
    expect(taken).toMatchObject({ exitCode: 0, created: 3 });
    const above = await importing(database, survey(), "--accept-fuzzy", "0.895", "--skip-invalid");
    expect(above).toMatchObject({ exitCode: 3, created: 2, rejected: 1, rejects: [{ row: 3, value: "Balintadd" }] });
    expect(above.warnings).toMatchObject([
      {
        row: 2,
        code: "1001301002",
        value: "Buenavizta",
        kind: "fuzzy",
        message: "matched to Buenavista, Baungon, Bukidnon, 90 % similar",
      },
    ]);
    expect((await stored(database)).map(({ code }) => code)).toEqual(["1001301002", "1001301012"]);
  });

  it.each(["0", "1.1", "most"])("are not accepted with an invalid --accept-fuzzy %s", async (threshold) => {
    const { exitCode, error } = await importing(database, survey(), "--accept-fuzzy", threshold);
    expect(exitCode).toBe(1);
    expect(error).toMatchObject({ code: "USAGE", message: expect.stringContaining(threshold) });
  });

  it("are shown by --resolve-only with those that match, and nothing is written", async () => {
    const before = await digest(database);
    const args = ["import", "communities", survey(), "--resolve-only"];
    const { exitCode, stdout } = await database.obcSync(args);
    expect(exitCode).toBe(3);
    expect(stdout).toContain("✓ row 4: Imbatug, Baungon, Bukidnon → 1001301012 Imbatug, Baungon, Bukidnon");
    expect(stdout).toMatch(/✗ row 2: Buenavizta, Baungon, Bukidnon: .*nearest: 1001301002 Buenavista, Baungon/);
    expect(stdout).toMatch(/1 of 3 rows of .* resolve/);
    const document = documentOf<{ resolved: number; rows: Array<{ code: string | null }> }>(
      await database.obcSync([...args, "--accept-fuzzy", "--json"]),
    );
    expect(document.rows.map(({ code }) => code)).toEqual(["1001301002", "1001301001", "1001301012"]);
    const quiet = await database.obcSync([...args, "--accept-fuzzy", "--quiet"]);
    expect(quiet).toMatchObject({ exitCode: 0, stdout: "", stderr: "" });
    expect(await digest(database)).toBe(before);
  });
});

describe("bad rows", () => {
  const database = useDatabase("sqlite");
  const survey = () =>
    written(
      "survey.csv",
      "barangay_code,households,Remarks",
      "1001301001,1x,first",
      "1001301002,7,second",
      "1001301003,-2,third",
      "1001301004,3.5,fourth",
    );

  it("stop the import at --max-errors, with a message, and nothing is written even with --skip-invalid", async () => {
    const stopped = await importing(database, survey(), "--max-errors", "2", "--skip-invalid");
    expect(stopped).toMatchObject({ exitCode: 3, rows: 3, created: 0, rejected: 2, stoppedAtRow: 4 });
    expect(await stored(database)).toEqual([]);
    const { stdout } = await database.obcSync(["import", "communities", survey(), "--max-errors", "1"]);
    expect(stdout).toContain("Reading stopped at row 2: there may be more errors.");
    expect(await importing(database, survey(), "--max-errors", "4")).toMatchObject({ rejected: 3, stoppedAtRow: null });
    expect((await importing(database, survey(), "--max-errors", "0")).error.code).toBe("USAGE");
  });

  it("are counted by kind, then the first 20 are listed, then how to get the rest", async () => {
    const codes = Array.from({ length: 25 }, (_, at) => `10013990${at + 10},1,`);
    const { stdout } = await database.obcSync([
      "import",
      "communities",
      written("survey.csv", "barangay_code,households,notes", ...codes, "1001301001,x,"),
    ]);
    expect(stdout).toMatch(
      /^Errors:\n +25 {2}unknown barangay codes\n +1 {2}invalid figures\n\n( {2}✗ row .*\n){20} {2}✗ and 6 more \(--json lists all\)\n.*--rejects FILE/,
    );
  });

  it("go to --rejects with their cells as they were; mended there they can be imported", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "bad.csv");
    expect(await importing(database, survey(), "--rejects", path, "--skip-invalid")).toMatchObject({ created: 1 });
    const [header, ...rows] = Papa.parse<string[]>(readFileSync(path, "utf8"), { skipEmptyLines: true }).data;
    expect(header).toEqual(["barangay_code", "households", "Remarks", "row", "column", "code", "message"]);
    expect(rows.map((cells) => cells.slice(0, 6))).toEqual([
      ["1001301001", "1x", "first", "2", "households", "1001301001"],
      ["1001301003", "-2", "third", "4", "households", "1001301003"],
      ["1001301004", "3.5", "fourth", "5", "households", "1001301004"],
    ]);
    const fixed = readFileSync(path, "utf8").replace(",1x,", ",1,").replace(",-2,", ",2,").replace(",3.5,", ",4,");
    const again = written("fixed.csv", fixed);
    expect(await importing(database, again)).toMatchObject({ exitCode: 0, rows: 3, created: 3 });
    expect((await stored(database)).map(({ households }) => households)).toEqual([1, 7, 2, 4]);
  });

  it("leave no file of rejects if there are none, and never overwrite the imported file", async () => {
    const folder = temporaryFolder();
    const good = written("good.csv", "barangay_code,households", "1001301001,1");
    expect(await importing(database, good, "--rejects", join(folder, "bad.csv"))).toMatchObject({ exitCode: 0 });
    expect(existsSync(join(folder, "bad.csv"))).toBe(false);
    expect((await importing(database, good, "--rejects", good)).error.code).toBe("USAGE");
    expect(readFileSync(good, "utf8")).toBe("barangay_code,households\n1001301001,1\n");
  });
});
