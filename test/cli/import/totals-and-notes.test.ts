import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { onEveryDatabase } from "../../helpers/databases.ts";
import { documentOf } from "../../helpers/documents.ts";
import { temporaryFolder, written } from "../../helpers/temporary-folder.ts";

const LINES = [
  "Municipality,Barangay,Households,Women",
  "Baungon,Balintad,40,85",
  "Baungon,Buenavista,walang datos,60",
  ",Sub-total,40,145",
  "Damulog,Aludas,30,70",
  ",Sub-total,30,75",
  ",GRAND TOTAL,70,215",
  "Prepared by: MSWDO,,,",
];

onEveryDatabase("a file with totals and notes", (database) => {
  it("is imported without them, and they are listed and checked; verify --source passes them over too", async () => {
    const file = written("survey.csv", ...LINES);
    const flags = [file, "--na", "n/a,WALANG datos"];
    const report = documentOf<Record<string, unknown>>(
      await database.obcSync(["import", "communities", ...flags, "--json"]),
    );
    expect(report).toMatchObject({
      ...{ rows: 3, created: 3, rejected: 0, warningKinds: { "total-differs": 1 } },
      passedOver: {
        counts: { total: 3, note: 1, heading: 0, blank: 0 },
        rows: [{ row: 4, kind: "total", text: "Sub-total" }, { row: 6 }, { row: 7 }, { row: 8, kind: "note" }],
      },
    });
    expect(
      await database.rows("select sum(households) as households, sum(women_count) as women from obc_communities"),
    ).toEqual([{ households: 70, women: 215 }]);
    const verified = await database.obcSync(["verify", "--source", ...flags]);
    expect(verified.exitCode).toBe(0);
    expect(verified.stdout).toContain("Passed over: 3 totals (rows 4, 6, 7), 1 note (row 8)");
    const resolved = await database.obcSync(["import", "communities", ...flags, "--resolve-only"]);
    expect(resolved.stdout).toContain("3 of 3 rows");
  });

  it("has bad rows with --no-skip-totals, and the same rejects as rows that are read a second time", async () => {
    const bad = join(temporaryFolder(), "bad.csv");
    const flags = ["--na", "walang datos", "--no-skip-totals", "--rejects", bad];
    const result = await database.obcSync(["import", "communities", written("survey.csv", ...LINES), ...flags]);
    expect(result.exitCode).toBe(3);
    expect(readFileSync(bad, "utf8").trim().split("\n")).toHaveLength(5);
    const doubled = written("survey.csv", ...LINES, ...LINES.slice(1));
    const again = await database.obcSync([
      "import",
      "communities",
      doubled,
      ...flags.slice(0, 2),
      "--rejects",
      `${bad}.csv`,
    ]);
    expect(again.exitCode).toBe(3);
    expect(readFileSync(`${bad}.csv`, "utf8").trim().split("\n")).toHaveLength(7);
  });
});
