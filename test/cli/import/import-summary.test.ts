import { expect, it } from "vitest";
import { useDatabase } from "../../helpers/databases.ts";
import { fixture } from "../../helpers/project.ts";

const database = useDatabase("sqlite", { stage: "example" });

const header = "barangay_code,households";

async function summary(args: string[], stdin = "") {
  const result = await database.obcSync(["import", ...args], { stdin });
  // The table at the end; the totals have a table above it.
  const lines = (result.stdout.split("┌").at(-1) ?? "").split("\n").filter((line) => line.startsWith("│"));
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
  return { ...result, table: cellsOf(lines) };
}

function cellsOf(lines: readonly string[]): string[][] {
  return lines.map((line) =>
    line
      .split("│")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

it("an import ends with what happened to the communities and the coverages above them", async () => {
  const stdin = `${header}\n0907201006,166\n1001301001,10\n`;
  const { table, stdout } = await summary(["communities", "-"], stdin);
  expect(table).toEqual([
    ["Summary", "Created", "Updated", "Unchanged"],
    ["Communities", "1", "0", "1"],
    ["Municipal coverage", "1", "0", "1"],
    ["Provincial coverage", "0", "1", "1"],
  ]);
  expect(stdout).toMatch(/└[─┴]+┘\n$/);
});

it("the table of a dry run shows what would happen, and the line below it that nothing was written", async () => {
  const { table, stdout } = await summary(["communities", "-", "--dry-run"], `${header}\n0907201006,167\n`);
  expect(table).toEqual([
    ["Dry run: would", "Create", "Update", "Unchanged"],
    ["Communities", "0", "1", "0"],
    ["Municipal coverage", "0", "1", "0"],
    ["Provincial coverage", "0", "1", "0"],
  ]);
  expect(stdout).toMatch(/┘\nDry run: nothing was written\.\n$/);
});

it("--no-sync omits the coverages from the table", async () => {
  const { table } = await summary(["communities", fixture("communities.csv"), "--no-sync"]);
  expect(table).toEqual([
    ["Summary", "Created", "Updated", "Unchanged"],
    ["Communities", "0", "0", "600"],
  ]);
});

it("a refused file is counted as good and bad rows, and nothing else is reported", async () => {
  const { table, exitCode } = await summary(["communities", "-"], `${header}\n0907201006,1\n1001301001,x\n`);
  expect(exitCode).toBe(3);
  expect(table).toEqual([
    ["Summary", "Read", "Good", "Bad"],
    ["Communities", "2", "1", "1"],
  ]);
});

it("rows left out, left alone and archived have a column if there are any", async () => {
  await database.rows(
    "update municipality_coverages set auto_sync = false where municipality_id = (select id from municipalities where code = '0907201000')",
  );
  const leftOut = await summary(
    ["communities", "-", "--skip-invalid", "--on-conflict", "skip"],
    `${header}\n0907201006,1\n0907201007,1\n1001301001,x\n`,
  );
  expect(leftOut.table).toEqual([
    ["Summary", "Created", "Updated", "Unchanged", "Left alone", "Left out"],
    ["Communities", "1", "0", "0", "1", "1"],
    ["Municipal coverage", "0", "0", "0", "1", ""],
    ["Provincial coverage", "0", "0", "1", "0", ""],
  ]);
  const archived = await summary(
    ["communities", "-", "--archive-missing", "--municipality", "0907201000", "--yes", "--no-sync", "--dry-run"],
    `${header}\n0907201006,167\n`,
  );
  expect(archived.table).toEqual([
    ["Dry run: would", "Create", "Update", "Unchanged", "Archive"],
    ["Communities", "0", "1", "0", "9"],
  ]);
});

it("the geography has its own table", async () => {
  expect((await summary(["geography"])).table).toEqual([
    ["Summary", "Created", "Updated", "Unchanged"],
    ["Places", "0", "0", "43,803"],
  ]);
});

it("--quiet prints findings and no table", async () => {
  const good = await summary(["communities", fixture("communities.csv"), "--quiet"]);
  expect(good).toMatchObject({ exitCode: 0, stdout: "", stderr: "" });
  const bad = await summary(["communities", "-", "--quiet"], `${header}\n1001301001,x\n`);
  expect(bad.exitCode).toBe(3);
  expect(bad.stdout).toMatch(/^ {2}✗ row 2, households, 1001301001: "x": .*\n$/);
});
