import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { useDatabase } from "../../helpers/databases.ts";
import { documentOf } from "../../helpers/documents.ts";
import { startInTerminal } from "../../helpers/in-terminal.ts";
import { temporaryFolder, written } from "../../helpers/temporary-folder.ts";

describe("headings", () => {
  const database = useDatabase("sqlite");

  it("are shown with what they were read as, before the result", async () => {
    const file = written(
      "survey.csv",
      "No.,Lalawigan,Bayan,Barangay,Popn. 2024,Bilang ng Pamilya,Lalaki,# of Women",
      "1,Bukidnon,Damulog,Aludas,410,80,200,210",
    );
    const { stdout, exitCode } = await database.obcSync(["import", "communities", file, "--dry-run"]);
    expect(exitCode).toBe(0);
    const lines = stdout.split("\n");
    expect(lines.slice(0, 4)).toEqual([
      'Headings: "Lalawigan" → province, "Bayan" → municipality, "Bilang ng Pamilya" → families, "# of Women" → women_count',
      'Column "No." is not imported: row numbers',
      'Column "Popn. 2024" was read as estimated_obc_population, not total_barangay_population, as no other column is the community\'s',
      'Column "Lalaki" is not imported: there is no field for men',
    ]);
    const report = documentOf<{ headings: object[]; changes: Array<{ level: string; fields: object }> }>(
      await database.obcSync(["import", "communities", file, "--dry-run", "--json"]),
    );
    expect(report.headings).toContainEqual({ heading: "Bayan", column: "municipality", note: "" });
    expect(report.changes[0]?.fields).toMatchObject({
      ...{ estimated_obc_population: { after: 410 }, families: { after: 80 }, women_count: { after: 210 } },
    });
  });

  it("are listed on request, without a database", async () => {
    const { stdout, exitCode } = await database.obcSync(["import", "communities", "--list-columns", "--json"]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ what: "columns", columns: expect.arrayContaining([]) });
  });

  it("that are unknown are asked for with --interactive, and the answers saved", async () => {
    const file = written("survey.csv", "barangay_code,Muslim HH,Enumerator", "1001301001,7,Ana", "TOTAL,8,");
    const mapping = join(temporaryFolder(), "mapping.json");
    const terminal = startInTerminal(
      `import communities ${file} --interactive --no-pager --database ${database.location}`,
      { env: { NO_COLOR: "1" } },
    );
    await terminal.shows('"Muslim HH" (7 …) may be households. Column? Enter takes households');
    terminal.type("\r");
    await terminal.shows('"Enumerator" (Ana …). Column? Enter or - ignores it');
    terminal.type("nobody\r");
    await terminal.shows('There is no column "nobody"');
    terminal.type("HHs\r");
    await terminal.shows("Another heading is households already. Column?");
    terminal.type("?\r");
    await terminal.shows("religious_leaders_count");
    expect(terminal.shown()).not.toContain("\\n");
    terminal.type("\r");
    await terminal.shows("Save these answers");
    terminal.type("y\r");
    await terminal.shows("File name, such as");
    terminal.type(`${mapping}\r`);
    expect(await terminal.ended).toBe(0);
    expect(stripVTControlCharacters(terminal.shown())).toContain('"Muslim HH" → households');
    expect(JSON.parse(readFileSync(mapping, "utf8"))).toEqual({ "Muslim HH": "households", Enumerator: null });
    expect(await database.rows("select households from obc_communities")).toEqual([{ households: 7 }]);
    expect(await database.obcSync(["import", "communities", file, "--mapping", mapping])).toMatchObject({
      exitCode: 0,
    });
  });

  it("cannot be asked for without a terminal", async () => {
    const file = written("survey.csv", "barangay_code,Muslim HH", "1001301001,7");
    const { stderr, exitCode } = await database.obcSync(["import", "communities", file, "--interactive"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("--interactive needs a terminal");
  });
});
