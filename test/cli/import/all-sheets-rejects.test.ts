import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { InspectReport } from "../../../src/core/import/inspect-report.ts";
import { onEveryDatabase } from "../../helpers/databases.ts";
import { documentOf } from "../../helpers/documents.ts";
import { type TestSheet, writeXlsx } from "../../helpers/make-xlsx.ts";
import { temporaryFolder } from "../../helpers/temporary-folder.ts";

const SHEETS: TestSheet[] = [
  {
    name: "Damulog",
    rows: [
      ["Barangay", "Population", "HHs"],
      ["Aludas", 90, "3x"],
      ["Poblacion", 50, 5],
      ["TOTAL", 140, 8],
    ],
  },
  {
    name: "KIBAWE",
    rows: [
      ["No.", "Women", "Barangay", "OBC Population", "Population"],
      [1, 4, "East Kibawe", 20, 900],
      [2, "y", "West Kibawe", 30, 950],
    ],
  },
  { name: "Old", rows: [["Barangay", "HHs"]], hidden: true },
];

onEveryDatabase("several sheets", (database) => {
  const bukidnon = ["--all-sheets", "--set", "province=Bukidnon"];
  const importing = (path: string, ...flags: string[]) =>
    database.obcSync(["import", "communities", path, ...flags, "--json"]);

  it("have their bad rows in one file, to be fixed and imported; are inspected one by one, and verified", async () => {
    const folder = temporaryFolder();
    const [file, csv, xlsx, fixed] = ["list.xlsx", "bad.csv", "bad.xlsx", "fixed.csv"].map((name) =>
      join(folder, name),
    ) as [string, string, string, string];
    writeXlsx(file, SHEETS);

    const inspected = documentOf<InspectReport>(await database.obcSync(["inspect", file, ...bukidnon, "--json"]));
    expect(inspected).toMatchObject({ rows: 4, rejected: 2, problems: [], sheets: { read: ["Damulog", "KIBAWE"] } });
    expect(inspected.tables).toMatchObject([
      { sheet: "Damulog", headerRow: 1, rows: 2, firstRow: 2, lastRow: 3, columns: [{}, { sum: 140 }, { invalid: 1 }] },
      { sheet: "KIBAWE", headerRow: 1, rows: 2, firstRow: 2, lastRow: 3 },
    ]);
    const shown = (await database.obcSync(["inspect", file, ...bukidnon])).stdout;
    expect(shown).toContain("Sheets passed over: Old (hidden)");
    expect(shown).toMatch(/Sheet "KIBAWE": header in row 1, 2 rows of data[\s\S]*total_barangay_population/);

    expect(documentOf(await importing(file, ...bukidnon, "--rejects", csv, "--dry-run"))).toMatchObject({
      rejected: 2,
    });
    const lines = readFileSync(csv, "utf8").trim().split("\r\n");
    expect(lines[0]).toBe(
      "Barangay,No.,estimated_obc_population,HHs,Women,total_barangay_population,municipality,sheet,row,column,code,message",
    );
    expect(lines[1]).toMatch(/^Aludas,,90,3x,,,Damulog,Damulog,2,households,/);
    expect(lines[2]).toMatch(/^West Kibawe,2,30,,y,950,KIBAWE,KIBAWE,3,women_count,/);

    expect(documentOf(await importing(file, ...bukidnon, "--rejects", xlsx, "--skip-invalid"))).toMatchObject({
      ...{
        created: 2,
        rejected: 2,
        columns: { women_count: { letter: "B" }, estimated_obc_population: { letter: null } },
      },
    });
    const badAgain = documentOf<{ rejects: object[] }>(await importing(xlsx, ...bukidnon));
    expect(badAgain.rejects).toMatchObject([
      { sheet: "Damulog", row: 2, column: "households", value: "3x" },
      { sheet: "KIBAWE", row: 2, column: "women_count", value: "y" },
    ]);
    // The rows of the CSV file, corrected, have lost nothing: neither their municipality nor whose population it is.
    writeFileSync(fixed, readFileSync(csv, "utf8").replace("3x", "3").replace(",y,", ",6,"));
    expect(documentOf(await importing(fixed, "--set", "province=Bukidnon"))).toMatchObject({ created: 2, rejected: 0 });
    expect(
      await database.rows(
        `select b.name, estimated_obc_population as obc, total_barangay_population as whole, households, women_count
           from obc_communities c join barangays b on b.id = c.barangay_id order by b.code`,
      ),
    ).toEqual([
      { name: "Aludas", obc: 90, whole: null, households: 3, women_count: null },
      { name: "Poblacion", obc: 50, whole: null, households: 5, women_count: null },
      { name: "East Kibawe", obc: 20, whole: 900, households: null, women_count: 4 },
      { name: "West Kibawe", obc: 30, whole: 950, households: null, women_count: 6 },
    ]);

    const corrected = SHEETS.map((sheet) => ({
      ...sheet,
      rows: sheet.rows.map((row) => row?.map((cell) => (cell === "3x" ? 3 : cell === "y" ? 6 : cell)) ?? null),
    }));
    writeXlsx(file, corrected);
    const verified = await database.obcSync(["verify", "--source", file, ...bukidnon]);
    expect(verified.exitCode).toBe(0);
    expect(verified.stdout).toContain('Headings: "HHs" → households');
    expect(verified.stdout).toContain("Sheets: Damulog, KIBAWE");
    expect(verified.stdout).toContain("Passed over: 1 total (row 4 of Damulog)");
    const { source } = documentOf<{ source: object }>(
      await database.obcSync(["verify", "--source", file, ...bukidnon, "--json"]),
    );
    expect(source).toMatchObject({
      columns: { households: { heading: "HHs", letter: "C" } },
      headings: expect.arrayContaining([{ heading: "HHs", column: "households", note: "" }]),
      sheets: { passedOver: [{ name: "Old", why: "hidden" }] },
    });
  });

  it("clear with --blank clear only what a sheet has a column for", async () => {
    const file = join(temporaryFolder(), "list.xlsx");
    const emptied = (name: string, heading: string, ...barangays: string[]) => ({
      name,
      rows: [["Barangay", heading, "Remarks"], ...barangays.map((barangay) => [barangay, null, "seen"])],
    });
    const list = join(temporaryFolder(), "stored.xlsx");
    const columns = ["Barangay", "HHs", "Women", "Remarks"];
    writeXlsx(list, [{ name: "Damulog", rows: [columns, ["Aludas", 7, 8, "old"], ["Poblacion", 7, 8, "old"]] }]);
    await importing(list, ...bukidnon);
    writeXlsx(file, [emptied("Damulog", "HHs", "Aludas", "Angga-an"), emptied("2. Damulog", "Women", "Poblacion")]);
    const report = documentOf(await importing(file, ...bukidnon, "--blank", "clear"));
    expect(report).toMatchObject({ created: 1, updated: 2, rejected: 0 });
    expect(
      await database.rows(
        `select b.name, households, women_count, notes
           from obc_communities c join barangays b on b.id = c.barangay_id order by b.name`,
      ),
    ).toEqual([
      { name: "Aludas", households: null, women_count: 8, notes: "seen" },
      { name: "Angga-an", households: null, women_count: null, notes: "seen" },
      { name: "Poblacion", households: 7, women_count: null, notes: "seen" },
    ]);
  });
});
