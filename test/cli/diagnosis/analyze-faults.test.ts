import { expect, it } from "vitest";
import { analyze } from "../../../src/index.ts";
import { onEveryDatabase } from "../../helpers/databases.ts";
import { documentOf } from "../../helpers/documents.ts";
import { runCli } from "../../helpers/run-cli.ts";
import { temporaryFolder } from "../../helpers/temporary-folder.ts";
import { COMMUNITY_FAULTS } from "./faults/community-faults.ts";
import { COVERAGE_FAULTS } from "./faults/coverage-faults.ts";
import { DATABASE_FAULTS } from "./faults/database-faults.ts";
import { choosePlace, type Finding } from "./faults/fault.ts";

const FAULTS = [...COVERAGE_FAULTS, ...COMMUNITY_FAULTS, ...DATABASE_FAULTS];

/** A fix may take two steps: a coverage is set to 0, and then archived. */
const STEPS = 2;

interface AnalyzeDocument {
  checks: Array<{ id: string; severity: string; count: number; findings: Finding[] }>;
}

onEveryDatabase(
  "a planted fault",
  (database) => {
    async function look(check: string) {
      const result = await database.obcSync(["analyze", "--json", "--check", check, "--sample", "99"]);
      const { checks } = documentOf<AnalyzeDocument>(result);
      expect(checks.map(({ id }) => id)).toEqual([check]);
      return { exitCode: result.exitCode, ...(checks[0] as AnalyzeDocument["checks"][number]) };
    }

    /** The same with the library, which does not start a process. */
    async function lookAgain(check: string) {
      const { checks } = await analyze(database.knex, { checks: [check], sample: 99 });
      return checks[0] as AnalyzeDocument["checks"][number];
    }

    /** Runs what is printed: commands of the program, or statements for the database. */
    async function follow(remedy: string, folder: string): Promise<void> {
      if (!remedy.startsWith("obc-sync ")) {
        // SQLite's driver accepts one statement at a time, PostgreSQL's any number.
        await database.rows(database.kind === "sqlite" ? remedy.replace(/;$/, "") : remedy);
        return;
      }
      for (const command of remedy.split("; ")) {
        const args = command.replace("obc-sync ", "").split(" ");
        expect(await runCli(args, { database: database.location, cwd: folder })).toMatchObject({ exitCode: 0 });
      }
    }

    it.each(FAULTS.filter(({ only }) => only === undefined || only === database.kind))(
      "is found by $check with its figures, and fixed by what it prints: $what",
      async ({ check, plant }) => {
        const { count, findings, remedy } = await plant(database, await choosePlace(database));
        const found = await look(check);
        expect(found.count).toBe(count);
        for (const finding of findings) {
          const printed = finding.remedy instanceof RegExp ? expect.stringMatching(finding.remedy) : finding.remedy;
          expect(found.findings).toContainEqual({ ...finding, remedy: printed });
        }
        expect(found.exitCode).toBe(found.severity === "error" ? 2 : 0);
        let left: AnalyzeDocument["checks"][number] = found;
        for (let step = 0; step < STEPS && left.count > 0; step += 1) {
          // A template is not written over the one of the step before.
          const folder = temporaryFolder();
          const printed = new Set(left.findings.map((finding) => finding.remedy));
          for (const line of printed) await follow(line, folder);
          left = await lookAgain(check);
        }
        expect(left.count).toBe(remedy === "fixes" ? 0 : count);
      },
    );

    it("is planted for every check", async () => {
      const list = documentOf<AnalyzeDocument>(await database.obcSync(["analyze", "--list", "--json"]));
      expect(new Set(FAULTS.map(({ check }) => check))).toEqual(new Set(list.checks.map(({ id }) => id)));
    });
  },
  { stage: "example" },
);
