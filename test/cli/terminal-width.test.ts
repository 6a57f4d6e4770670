import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { useDatabase } from "../helpers/databases.ts";
import { inTerminal } from "../helpers/in-terminal.ts";

describe("the width of perf and analyze", () => {
  const database = useDatabase("sqlite", { stage: "example" });

  /** The lines that the terminal shows, without colours and without the spinner that preceded them. */
  async function shown(command: string, columns: number): Promise<string[]> {
    const output = await inTerminal(`${command} --database ${database.location} 2>/dev/null`, { columns });
    return stripVTControlCharacters(output).trimEnd().split(/\r?\n/);
  }

  /** Different figures in every region, and findings with long lines. */
  const disturb = () =>
    database.rows("update obc_communities set women_count = estimated_obc_population + 1 where barangay_id % 7 = 0");

  const COMMANDS = ["perf --runs 1 --max-queries 2 --explain", "analyze", "analyze --list"];

  describe.runIf(process.platform === "linux")("on a terminal", () => {
    it.each([80, 100, 140, 200])("of %i columns no line is wider, except commands to copy", async (columns) => {
      await disturb();
      for (const command of COMMANDS) {
        const lines = await shown(command, columns);
        expect(lines.length).toBeGreaterThan(20);
        // The path of the database is not broken either.
        const prose = lines.filter((line) => !/^ {4}(→| ) |^Database: /.test(line));
        expect(prose.filter((line) => [...line].length > columns)).toEqual([]);
      }
    });

    it("that is narrower than 80 columns, or does not report its width, is treated as one of 80", async () => {
      expect(await shown("analyze --list", 40)).toEqual(await shown("analyze --list", 80));
      expect(await shown("analyze --list", 0)).toEqual(await shown("analyze --list", 80));
    });

    it("every figure of the wide table is complete in the narrow one", async () => {
      await disturb();
      const figures = (lines: string[]) =>
        lines.filter((line) => line.startsWith("│")).flatMap((line) => line.match(/(?<=│ +)[\d,]+(?= │)/g) ?? []);
      const wide = figures(await shown("analyze --check missing-coverage", 200));
      const narrow = figures(await shown("analyze --check missing-coverage", 80));
      expect(wide.length).toBeGreaterThan(60);
      expect(narrow.toSorted()).toEqual(wide.toSorted());
    });
  });

  it("in a pipe, names are complete and a row or a sentence is one line, for grep", async () => {
    await disturb();
    const analyze = (await database.obcSync(["analyze"])).stdout.split("\n");
    const region = analyze.filter((line) => line.includes("Bangsamoro Autonomous Region In Muslim Mindanao (BARMM)"));
    expect(region).toHaveLength(1);
    expect(region[0]).toMatch(/│ +7 │ +127 │/);
    const perf = (await database.obcSync(["perf", "--runs", "1"])).stdout.split("\n");
    expect(perf.filter((line) => /N\+1: .*changed \d.*everything \d.*\(600 communities\)$/.test(line))).toHaveLength(1);
  });
});
