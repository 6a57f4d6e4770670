import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { InspectReport } from "../../../src/core/import/inspect-report.ts";
import { onEveryDatabase } from "../../helpers/databases.ts";
import { documentOf } from "../../helpers/documents.ts";
import { fixture } from "../../helpers/project.ts";
import { runCli } from "../../helpers/run-cli.ts";
import { temporaryFolder, written } from "../../helpers/temporary-folder.ts";

onEveryDatabase("inspect", (database) => {
  it("shows what an import of a workbook reads, and writes nothing", async () => {
    const result = await database.obcSync(["inspect", fixture("workbooks/survey.ods"), "--json"]);
    expect(result).toMatchObject({ exitCode: 0, stderr: "" });
    const report = documentOf<InspectReport>(result);
    expect(report).toMatchObject({
      source: { format: "ods", sheet: "Survey 2025", sheets: [{ name: "Notes", hidden: true }, {}, {}] },
      ...{ headerRow: 3, rows: 7, firstRow: 4, lastRow: 12, withoutValues: 0 },
      ...{
        problems: [],
        rejected: 0,
        rejects: [],
        warnings: [{ row: 10, kind: "implausible" }],
        placesUnchecked: null,
      },
    });
    const column = (name: string) => report.columns.find((profile) => profile.column === name);
    expect(column("estimated_obc_population")).toEqual({
      ...{ position: 5, heading: "OBC Population", column: "estimated_obc_population", reason: null },
      ...{ filled: 7, invalid: 0, smallest: 45, largest: 1_234_567, sum: 1_236_422 },
      samples: ["1250", "1234567", "60"],
    });
    // The cells below a merged one have its text.
    expect(column("province")).toMatchObject({ filled: 7, samples: ["Bukidnon", "Zamboanga del Norte"] });
    expect(await database.rows("select count(*) as count from obc_communities")).toEqual([{ count: 0 }]);
  });

  it("reads the place of the rows from headings, titles and --set, as an import does", async () => {
    const headings = written(
      "blocks.csv",
      ...["Province of Bukidnon,", "Barangay,HH", "MUNICIPALITY OF DAMULOG,", "Aludas,5", "KIBAWE MUNICIPALITY,"],
      ...["East Kibawe,7", "TOTAL,12"],
    );
    const given = ["--set", "municipality=Damulog", "--set", "province=Bukidnon"];
    const set = [written("damulog.csv", "Barangay,HH", "Aludas,5", "Aludaz,6"), ...given];
    for (const args of [[headings], set]) {
      const inspected = await database.obcSync(["inspect", ...args, "--json"]);
      const imported = await database.obcSync(["import", "communities", ...args, "--dry-run", "--json"]);
      const [report, { rows, rejects, warnings, passedOver }] = [inspected, imported].map((result) =>
        documentOf<InspectReport>(result),
      ) as [InspectReport, InspectReport];
      expect(report).toMatchObject({ problems: [], rows, rejects, warnings, passedOver });
      expect(inspected.exitCode).toBe(imported.exitCode);
    }
  });

  it("lists what an import would reject, and why it would refuse the file", async () => {
    const file = written(
      "list.csv",
      "barangay_code;HH;favourite colour;",
      ...["1001301001;1,5x;3;", "1001301002;7;4;", "1001301001;8;5;", "1001399999;9;x;"],
    );
    const report = documentOf<InspectReport>(await database.obcSync(["inspect", file, "--json"]));
    expect(report).toMatchObject({
      source: { format: "text", encoding: "utf-8", delimiter: ";", sheets: [] },
      problems: [{ message: `${file}, row 1: unknown column "favourite colour"` }],
      ...{ rows: 4, rejected: 3, rejectKinds: { figure: 1, doubled: 2, "code-unknown": 1 } },
    });
    expect(report.columns.map(({ reason, sum, invalid }) => ({ reason, sum, invalid }))).toEqual([
      { reason: null, sum: null, invalid: 0 },
      { reason: null, sum: 24, invalid: 1 },
      { reason: "unknown", sum: 12, invalid: 1 },
      { reason: "no-heading", sum: null, invalid: 0 },
    ]);
    const ignoring = await database.obcSync(["inspect", file, "--ignore-unknown"]);
    expect(ignoring.exitCode).toBe(3);
    expect(ignoring.stdout).toContain("An import would read 4 rows and reject 3");
    expect((await database.obcSync(["import", "communities", file, "--ignore-unknown"])).exitCode).toBe(3);
  });
});

onEveryDatabase("inspect of a file that an import refuses as a whole", (database) => {
  it.each([
    ["no rows", "list.csv", ["barangay_code,HH"], 1],
    ["no heading for the barangay", "list.csv", ["Municipality/Barangay,HH", "Damulog,5"], 1],
    ["unknown headings and nothing else to import", "list.csv", ["barangay_code,Muslim HH", "1001301001,5"], 1],
    ["two columns for a field", "list.csv", ["barangay_code,HH,Households", "1001301001,5,5"], 1],
    ["a second header", "list.csv", ["barangay_code,HH", "1001301001,5", "barangay_code,Women", "1001301002,5"], 1],
    ["no barangay in any line", "list.ndjson", ['{"households":5}'], 0],
  ])("says what the import says: %s", async (_, name, lines, headerRow) => {
    const file = written(name, ...lines);
    const imported = await database.obcSync(["import", "communities", file, "--json"]);
    const { message, hint } = JSON.parse(imported.stdout).error;
    const inspected = await database.obcSync(["inspect", file, "--json"]);
    expect(inspected).toMatchObject({ exitCode: 2, stderr: "" });
    expect(documentOf<InspectReport>(inspected)).toMatchObject({ headerRow, problems: [{ message, hint }] });
    expect(message).toContain(file);
  });
});

describe("inspect without a database", () => {
  const cwd = () => temporaryFolder();

  it("checks the cells, and says that the barangays were not checked", async () => {
    const lines = ['{"barangay_code":"1001399999","households":3}', '{"barangay_code":"x","women_count":-1}'].join(
      "\n",
    );
    const result = await runCli(["inspect", "-"], { cwd: cwd(), stdin: lines });
    expect(result).toMatchObject({ exitCode: 3, stderr: "" });
    expect(result.stdout).toContain("standard input: JSON lines, UTF-8");
    expect(result.stdout).toMatch(/not checked: there is no database at .*obc\.sqlite3/);
    expect(result.stdout).toContain('row 2, barangay_code: "x": a barangay code has ten digits');
    expect(result.stdout).toContain("read 2 rows and reject 1");
  });

  it("shows the first rows of a file that has no header", async () => {
    const result = await runCli(["inspect", written("list.csv", "a,b", "1,2")], { cwd: cwd() });
    expect(result).toMatchObject({ exitCode: 2, stderr: "" });
    expect(result.stdout).toContain("  2: 1 | 2");
    const nothing = join(temporaryFolder(), "none.csv");
    writeFileSync(nothing, "");
    expect(await runCli(["inspect", nothing], { cwd: cwd() })).toMatchObject({ exitCode: 1, stdout: "" });
  });
});
