import { expect, it } from "vitest";
import { onEveryDatabase } from "../../helpers/databases.ts";
import { documentOf } from "../../helpers/documents.ts";
import { digest } from "../../helpers/plain-sql.ts";
import { runCli } from "../../helpers/run-cli.ts";
import { runRecorded } from "../../helpers/sent-statements.ts";

interface AnalyzeDocument {
  scope: { kind: string; units: string[] };
  checks: Array<{ id: string; severity: "error" | "warning" | "info"; count: number }>;
}

const SCOPES: string[][] = [
  [],
  ["--region", "10", "--region", "Region XII"],
  ["--province", "Bukidnon"],
  ["--municipality", "1030900000", "--municipality", "San Jose, Antique"],
];

const { checks } = documentOf<AnalyzeDocument>(await runCli(["analyze", "--list", "--json"]));
const mildest = checks.find(({ severity }) => severity !== "error")?.id ?? "";

onEveryDatabase(
  "the statements of analyze",
  (database) => {
    async function sentBy(...flags: string[]) {
      const { result, sent } = await runRecorded(database, ["analyze", "--json", ...flags]);
      return { report: documentOf<AnalyzeDocument>(result), sent };
    }

    /** All except those of the checks: the transaction, the names of the scope and the overview by region. */
    const withoutChecks = async (flags: string[]) => {
      const { report, sent } = await sentBy(...flags, "--check", mildest, "--severity", "error");
      expect(report.checks).toEqual([]);
      return sent;
    };

    it.each(SCOPES.map((flags) => ({ flags, scope: flags.join(" ") || "everything" })))(
      "are one per check, whatever it finds and whatever the scope: $scope",
      async ({ flags }) => {
        const frame = await withoutChecks(flags);
        const clean = await sentBy(...flags);
        expect(clean.report.checks).toHaveLength(checks.length);
        expect(clean.sent).toHaveLength(frame.length + checks.length);
        await database.rows(
          "update obc_communities set women_count = estimated_obc_population + 1, is_deleted = false",
        );
        await database.rows("delete from municipality_coverages where municipality_id % 2 = 0");
        const found = await sentBy(...flags, "--sample", "99");
        expect(found.report.checks.filter(({ count }) => count > 0).length).toBeGreaterThan(2);
        expect(found.sent).toHaveLength(clean.sent.length);
      },
    );

    it("are one if only one check runs", async () => {
      const frame = await withoutChecks([]);
      for (const { id } of checks) {
        const { sent } = await sentBy("--check", id);
        expect({ id, statements: sent.length - frame.length }).toEqual({ id, statements: 1 });
      }
    });

    it("write nothing", async () => {
      const before = await digest(database);
      const { sent } = await sentBy();
      if (database.kind === "postgres") expect(sent.filter((sql) => /^begin.* read only/i.test(sql))).toHaveLength(1);
      expect(sent.filter((sql) => /\b(insert|update|delete|create|drop|alter)\b/i.test(sql))).toEqual([]);
      expect(await digest(database)).toBe(before);
    });
  },
  { stage: "example" },
);
