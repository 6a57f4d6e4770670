/** What a spreadsheet program would run when somebody opens a file of ours, and what becomes of it afterwards. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";
import { expect, it } from "vitest";
import { fileAt } from "../../../src/files/open-file.ts";
import { readXlsxRows } from "../../../src/files/xlsx/xlsx-reader.ts";
import { onEveryDatabase } from "../../helpers/databases.ts";
import { temporaryFolder } from "../../helpers/temporary-folder.ts";

const NOTES = [
  '=HYPERLINK("http://evil.example","open")',
  "@SUM(1+1)*cmd|' /C calc'!A0",
  "+63 917 123 4567",
  "-2+3",
  "\t=1",
  "'=kept with its apostrophe",
  "-3",
  "Sitio 2 - near the school",
];
const CODES = NOTES.map((_, at) => `100130100${at + 1}`);

function cellsOf(path: string): string[][] {
  return Papa.parse<string[]>(readFileSync(path, "utf8"), { skipEmptyLines: true }).data;
}

onEveryDatabase("formulas", (database) => {
  const importing = (path: string, ...flags: string[]) =>
    database.obcSync(["import", "communities", path, "--ignore-unknown", "--quiet", ...flags]);
  const storedNotes = async () =>
    (
      await database.rows<{ notes: string }>(
        "select c.notes from obc_communities c join barangays b on b.id = c.barangay_id order by b.code",
      )
    ).map(({ notes }) => notes);

  it.each(["csv", "ndjson"])("of a .%s are text in the rejects, and themselves again once imported", async (format) => {
    const folder = temporaryFolder();
    const survey = join(folder, `survey.${format}`);
    const heading = "=cmd|' /C calc'!A0";
    const rows = NOTES.map((notes, at) => ({ barangay_code: CODES[at], households: "x=", notes, [heading]: "1" }));
    // In a .csv, text with an apostrophe before a formula is taken for disarmed, so it has two.
    const inCsv = rows.map((row) => ({ ...row, notes: row.notes.replace(/^'/, "''") }));
    const content = format === "csv" ? Papa.unparse(inCsv) : rows.map((row) => JSON.stringify(row)).join("\n");
    writeFileSync(survey, content);
    expect(await importing(survey, "--rejects", join(folder, "bad.csv"))).toMatchObject({ exitCode: 3 });

    const cells = cellsOf(join(folder, "bad.csv"));
    expect(cells).toHaveLength(NOTES.length + 1);
    const begun = cells.flat().filter((cell) => /^\s*[=+\-@]/.test(cell));
    expect(begun).toEqual(["-3"]);
    expect(cells[0]?.[3]).toBe(`'${heading}`);

    // Bad once more, so that what is disarmed is not disarmed twice.
    expect(await importing(join(folder, "bad.csv"), "--rejects", join(folder, "worse.csv"))).toMatchObject({
      exitCode: 3,
    });
    const again = cellsOf(join(folder, "worse.csv"));
    expect(again.map((row) => row.slice(0, 4))).toEqual(cells.map((row) => row.slice(0, 4)));

    const mended = readFileSync(join(folder, "worse.csv"), "utf8").replaceAll(",x=,", ",1,");
    writeFileSync(join(folder, "mended.csv"), mended);
    expect(await importing(join(folder, "mended.csv"))).toMatchObject({ exitCode: 0 });
    expect(await storedNotes()).toEqual(NOTES.map((notes) => notes.trim()));
  });

  it("of names are text in a template, which finds its barangays again", async () => {
    await database.rows("update barangays set name = '=1+1' where code = '1001301001'");
    const folder = temporaryFolder();
    for (const name of ["list.csv", "list.xlsx"]) {
      const path = join(folder, name);
      const made = await database.obcSync(["import", "communities", "--template", path, "--municipality", "Baungon"]);
      expect(made.exitCode).toBe(0);
      if (name === "list.csv") expect(cellsOf(path)[1]?.[3]).toBe("'=1+1");
      else for await (const { row, cells } of readXlsxRows(fileAt(path))) if (row === 2) expect(cells[3]).toBe("=1+1");
      const { stdout } = await database.obcSync(["import", "communities", path, "--resolve-only"]);
      expect(stdout).toContain("✓ row 2: 1001301001, =1+1, Baungon, Bukidnon");
    }
  });
});
