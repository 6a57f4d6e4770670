/** The totals before and after an import, against sums of plain SQL taken before and after the run. */
import { expect, it } from "vitest";
import { FIELDS } from "../../../src/core/fields.ts";
import { onEveryDatabase } from "../../helpers/databases.ts";
import { documentOf } from "../../helpers/documents.ts";
import { digest, storedCoverages } from "../../helpers/plain-sql.ts";
import type { CliResult } from "../../helpers/run-cli.ts";

type Sums = Record<string, number>;

interface ImportDocument {
  totals: Record<"communities" | "municipalities", Record<string, { before: number; after: number }> | null> | null;
  archived: Array<{ code: string }>;
  updated: number;
}

const IN_FILE = ["estimated_obc_population", "households", "idps_count"] as const;

/** Dapitan: nine communities. Two of them, the first and the archived second, and a barangay without one are left. */
const MUNICIPALITY = "0907201000";

onEveryDatabase(
  "the totals of an import",
  (database) => {
    const inMunicipality = `from barangays b left join obc_communities c on c.barangay_id = b.id
        where b.code like '${MUNICIPALITY.slice(0, 7)}%'`;

    /** Eight communities of the municipality, one of them archived, and one that is created; the rest is not in it. */
    async function file(): Promise<{ codes: string[]; stdin: string }> {
      const stored = await database.rows<{ code: string }>(
        `select b.code ${inMunicipality} and c.barangay_id is not null order by b.code`,
      );
      const [created] = await database.rows<{ code: string }>(
        `select b.code ${inMunicipality} and c.barangay_id is null order by b.code limit 1`,
      );
      const codes = [...stored.slice(0, 8).map(({ code }) => code), String(created?.code)];
      await database.rows(
        "update obc_communities set is_deleted = true where barangay_id = (select id from barangays where code = ?)",
        codes[1] as string,
      );
      await database.rows(
        "update obc_communities set idps_count = 40, households = null where barangay_id = (select id from barangays where code = ?)",
        codes[2] as string,
      );
      expect((await database.obcSync(["sync"])).exitCode).toBe(0);
      const rows = codes.map((code, index) => `${code},${1000 + index},${index % 2 === 0 ? 300 + index : ""},`);
      return { codes, stdin: ["barangay_code,estimated_obc_population,households,idps_count", ...rows, ""].join("\n") };
    }

    async function sums(codes: readonly string[]): Promise<Sums> {
      const [row] = await database.rows<Record<string, number | null>>(
        `select count(*) as total_obc_communities, ${FIELDS.map((field) => `sum(c.${field}) as ${field}`).join(", ")}
           from obc_communities c join barangays b on b.id = c.barangay_id
          where not c.is_deleted and b.code in (${codes.map((code) => `'${code}'`).join(", ")})`,
      );
      return Object.fromEntries(Object.entries(row ?? {}).map(([column, sum]) => [column, sum ?? 0]));
    }

    const beforeAndAfter = (columns: readonly string[], before: Sums, after: Sums) =>
      Object.fromEntries(columns.map((column) => [column, { before: before[column], after: after[column] }]));

    const run = (stdin: string, ...flags: string[]): Promise<CliResult> =>
      database.obcSync(["import", "communities", "-", "--json", ...flags], { stdin });

    it.each([
      [[]],
      [["--blank", "clear"]],
      [["--on-conflict", "skip"]],
      [["--archive-missing", "--municipality", MUNICIPALITY, "--yes"]],
      [["--archive-missing", "--municipality", MUNICIPALITY, "--yes", "--on-conflict", "skip", "--blank", "clear"]],
    ])("are exact with %j, in the dry run as in the run", async (flags) => {
      const { codes, stdin } = await file();
      const missing = (
        await database.rows<{ code: string }>(`select b.code ${inMunicipality} and not c.is_deleted`)
      ).flatMap(({ code }) => (flags.includes("--archive-missing") && !codes.includes(code) ? [code] : []));
      const columns = ["total_obc_communities", ...(missing.length > 0 ? FIELDS : IN_FILE)];
      const before = await sums([...codes, ...missing]);
      const coveragesBefore = await storedCoverages(database, "municipality");
      const untouched = await digest(database);
      const preview = documentOf<ImportDocument>(await run(stdin, "--dry-run", ...flags));
      expect(await digest(database)).toBe(untouched);
      const applied = documentOf<ImportDocument>(await run(stdin, ...flags));
      expect(applied.archived).toHaveLength(missing.length);
      expect(applied.totals?.communities).toEqual(beforeAndAfter(columns, before, await sums([...codes, ...missing])));
      const ofCoverages = ["total_obc_communities", ...FIELDS];
      const [stale, fresh] = [coveragesBefore, await storedCoverages(database, "municipality")].map(
        (coverages) => coverages[MUNICIPALITY] as Sums,
      );
      expect(applied.totals?.municipalities).toEqual(beforeAndAfter(ofCoverages, stale as Sums, fresh as Sums));
      expect(preview.totals).toEqual(applied.totals);
    });

    it("have no coverages without a sync, and are null if bad rows prevent the import", async () => {
      const { stdin } = await file();
      expect(documentOf<ImportDocument>(await run(stdin, "--no-sync")).totals?.municipalities).toBe(null);
      expect(documentOf<ImportDocument>(await run(`${stdin}0000000000,1,1,1\n`)).totals).toBe(null);
    });

    it("are the same before and after if the file changes nothing", async () => {
      const { stdin } = await file();
      await run(stdin);
      const { updated, totals } = documentOf<ImportDocument>(await run(stdin));
      expect(updated).toBe(0);
      expect(Object.keys(totals?.communities ?? {})).toEqual(["total_obc_communities", ...IN_FILE]);
      for (const { before, after } of Object.values(totals?.communities ?? {})) expect(after).toBe(before);
      expect(totals?.municipalities).toEqual({});
    });

    it("are a table before the outcome, in the dry run as in the run, and not with --quiet", async () => {
      const { stdin } = await file();
      const args = ["import", "communities", "-"];
      const preview = await database.obcSync([...args, "--dry-run"], { stdin });
      const quiet = await database.obcSync([...args, "--dry-run", "--quiet"], { stdin });
      const applied = await database.obcSync(args, { stdin });
      const tableOf = ({ stdout }: CliResult) =>
        /^Totals of the communities in the file, and of the municipal coverages that change:\n┌[^└]+└.+┘\n\n(?=Read )/m.exec(
          stdout,
        )?.[0];
      expect(tableOf(preview)).toMatch(/│ estimated_obc_population +│ +[\d,]+ │ +[\d,]+ │ +[+-][\d.]+ % │/);
      expect(tableOf(applied)).toBe(tableOf(preview));
      expect(quiet.stdout).not.toContain("│");
    });
  },
  { stage: "example" },
);
