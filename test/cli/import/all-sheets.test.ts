import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { useDatabase } from "../../helpers/databases.ts";
import { documentOf, type ErrorDocument } from "../../helpers/documents.ts";
import { startInTerminal } from "../../helpers/in-terminal.ts";
import { type TestSheet, writeXlsx } from "../../helpers/make-xlsx.ts";
import { temporaryFolder, written } from "../../helpers/temporary-folder.ts";

describe("--all-sheets", () => {
  const database = useDatabase("sqlite");

  const SHEETS: TestSheet[] = [
    {
      name: "Summary",
      rows: [
        ["Municipality", "Households"],
        ["Damulog", 35],
      ],
    },
    {
      name: "Damulog",
      rows: [
        ["Barangay", "HHs"],
        ["Aludas", 30],
        ["Poblacion", 5],
        ["TOTAL", 36],
      ],
    },
    {
      name: "2. KIBAWE",
      rows: [
        ["Women", "Barangay"],
        [null, null],
        [4, "East Kibawe"],
      ],
    },
    {
      name: "Old",
      rows: [
        ["Barangay", "HHs"],
        ["Aludas", 1],
      ],
      hidden: true,
    },
  ];

  function workbook(...sheets: TestSheet[]): string {
    const path = join(temporaryFolder(), "list.xlsx");
    writeXlsx(path, sheets);
    return path;
  }

  const importing = (path: string, ...flags: string[]) =>
    database.obcSync(["import", "communities", path, "--all-sheets", ...flags]);
  const inBukidnon = ["--set", "province=Bukidnon"];

  it("reads the sheets with a heading for the barangay, each as the municipality that it is named after", async () => {
    const file = workbook(...SHEETS);
    const report = documentOf<Record<string, unknown>>(await importing(file, ...inBukidnon, "--json"));
    expect(report).toMatchObject({
      ...{ rows: 3, created: 3, rejected: 0 },
      sheets: {
        read: ["Damulog", "2. KIBAWE"],
        passedOver: [
          { name: "Summary", why: "no heading for the barangay" },
          { name: "Old", why: "hidden" },
        ],
      },
      warnings: [
        {
          ...{ sheet: "Damulog", row: 4, column: "households", heading: "HHs", cell: "B4", value: "36" },
          message: "TOTAL is 36, but rows 2 to 3 sum to 35",
        },
      ],
    });
    expect(
      await database.rows(
        "select b.code, households, women_count from obc_communities c join barangays b on b.id = c.barangay_id order by 1",
      ),
    ).toEqual([
      { code: "1001302001", households: 30, women_count: null },
      { code: "1001302015", households: 5, women_count: null },
      { code: "1001308007", households: null, women_count: 4 },
    ]);
    const verified = await database.obcSync(["verify", "--source", file, "--all-sheets", ...inBukidnon]);
    expect(verified).toMatchObject({ exitCode: 0 });
    const resolved = await importing(file, ...inBukidnon, "--resolve-only");
    expect(resolved.stdout).toContain("✓ 2. KIBAWE, row 3: East Kibawe, KIBAWE, Bukidnon → 1001308007");
  });

  it("names sheet and row of a barangay that two sheets have, and of a bad cell", async () => {
    const [, damulog] = SHEETS as [TestSheet, TestSheet];
    const again = {
      name: "Again",
      rows: [
        ["Municipality", "Barangay", "HHs"],
        ["Damulog", "Aludas", 30],
        ["Damulog", "Old Damulog", "x"],
      ],
    };
    const report = documentOf<{ rejects: object[] }>(
      await importing(workbook(damulog, again), ...inBukidnon, "--json"),
    );
    expect(report.rejects).toMatchObject([
      { sheet: "Damulog", row: 2, message: "rows 2 of Damulog, 2 of Again have the same barangay; keep one of them" },
      { sheet: "Again", row: 2, kind: "doubled" },
      { sheet: "Again", row: 3, column: "households", cell: "C3" },
    ]);
  });

  it("refuses the rows of a sheet whose name is no place, and of one whose name has several meanings", async () => {
    const [, damulog] = SHEETS as [TestSheet, TestSheet];
    const sheets = ["Sheet1", "Quezon", "San Fernando"].map((name) => ({ ...damulog, name }));
    const report = documentOf<{ created: number; rejected: number }>(
      await importing(workbook(...sheets), "--skip-invalid", "--json"),
    );
    expect(report).toMatchObject({ created: 0, rejected: 6 });
  });

  it("asks once for a heading that several sheets have, and takes a mapping of one sheet's heading", async () => {
    const [, damulog, kibawe] = SHEETS as [TestSheet, TestSheet, TestSheet];
    const renamed = (sheet: TestSheet, from: string, to: string) => ({
      ...sheet,
      rows: sheet.rows.map((row) => row?.map((cell) => (cell === from ? to : cell)) ?? null),
    });
    const withNames = (sheet: TestSheet) => ({
      ...sheet,
      rows: sheet.rows.map((row, index) => row && [...row, index === 0 ? "Province" : null]),
    });
    const file = workbook(
      withNames(renamed(damulog, "HHs", "Muslim HH")),
      withNames(renamed(kibawe, "Women", "muslim hh")),
      {
        name: "Other",
        rows: [
          ["Barangay", "Mood"],
          ["Aludas", "good"],
        ],
      },
    );
    const terminal = startInTerminal(
      `import communities ${file} --all-sheets --interactive --no-pager --database ${database.location}`,
      { env: { NO_COLOR: "1" } },
    );
    await terminal.shows('"Muslim HH" (30, 5');
    terminal.type("\r");
    await terminal.shows("Save these answers");
    terminal.type("\r");
    expect(await terminal.ended).toBe(0);
    expect(terminal.shown()).toContain("Other (no known heading but the barangay's)");
    expect(await database.rows("select sum(households) as households from obc_communities")).toEqual([
      { households: 39 },
    ]);
    const onlyOne = workbook(damulog, renamed(kibawe, "Women", "Babaeng Muslim"));
    const mapped = await importing(onlyOne, ...inBukidnon, "--map", "Babaeng Muslim=women_count");
    expect(mapped.exitCode).toBe(0);
    const mood = {
      name: "KIBAWE",
      rows: [
        ["Women", "Barangay", "Mood"],
        [4, "East Kibawe", "good"],
      ],
    };
    const unknown = await importing(workbook(damulog, mood), ...inBukidnon);
    expect(unknown.stderr).toContain('sheet "KIBAWE", row 1: unknown column "Mood"');
  });

  it("is refused with --sheet", async () => {
    const { error } = documentOf<ErrorDocument>(await importing(workbook(...SHEETS), "--sheet", "Damulog", "--json"));
    expect(error.message).toMatch(/--all-sheets and --sheet cannot be combined/);
  });

  it("is refused for a file without sheets", async () => {
    const result = await importing(written("list.csv", "barangay_code,households", "1001301001,7"));
    expect(result.exitCode).toBe(1);
    expect(result.stderr).toMatch(/^error: /);
  });
});
