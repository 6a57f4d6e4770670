import { expect, it } from "vitest";
import { onEveryDatabase } from "../../helpers/databases.ts";
import { documentOf, type SyncDocument } from "../../helpers/documents.ts";
import { runRecorded } from "../../helpers/sent-statements.ts";

/** Bookkeeping: the units of the scope, the run, and what it changed. */
const SCOPES: Array<{ flags: string[]; write: number; bookkeeping: number }> = [
  { flags: [], write: 2, bookkeeping: 2 },
  { flags: ["--region", "10"], write: 2, bookkeeping: 3 },
  { flags: ["--region", "10", "--region", "Region XII"], write: 2, bookkeeping: 3 },
  { flags: ["--province", "Bukidnon"], write: 2, bookkeeping: 3 },
  { flags: ["--municipality", "1030900000"], write: 2, bookkeeping: 3 },
  { flags: ["--no-provinces"], write: 1, bookkeeping: 2 },
];

onEveryDatabase(
  "the statements of a sync",
  (database) => {
    /** Runs a sync and returns what it counted, and what the driver really received. */
    async function countedSync(flags: string[]) {
      const { result, sent } = await runRecorded(database, ["sync", "--json", ...flags]);
      return { report: documentOf<SyncDocument>(result), sent };
    }

    it.each(SCOPES)(
      "are 1 read and $write writes, whatever the scope: $flags",
      async ({ flags, write, bookkeeping }) => {
        await database.rows("update obc_communities set households = households + 1");
        const { report, sent } = await countedSync(flags);
        expect(report.municipalities.updated).toBeGreaterThan(0);
        expect(report.queries).toMatchObject({ read: 1, write, bookkeeping });
        const { read, control } = report.queries;
        expect(sent).toHaveLength(read + write + bookkeeping + control);
        const reading = sent.filter((sql) => /\b(from|join) [`"]?obc_communities\b/i.test(sql));
        expect(reading).toHaveLength(1);
      },
    );

    it("are 1 read and no write if nothing changed", async () => {
      const { report } = await countedSync([]);
      expect(report.queries).toMatchObject({ read: 1, write: 0, bookkeeping: 1 });
    });

    it("are 1 read and no write in a dry run", async () => {
      await database.rows("update obc_communities set households = households + 1");
      const { report } = await countedSync(["--dry-run", "--province", "Bukidnon"]);
      expect(report.queries).toMatchObject({ read: 1, write: 0, bookkeeping: 1 });
    });
  },
  { stage: "example" },
);
