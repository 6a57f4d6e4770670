/** The last run is reverted while another run ends. */
import { expect, it } from "vitest";
import { history, revert, updateCommunity } from "../../../src/index.ts";
import { onEveryDatabase } from "../../helpers/databases.ts";
import { useUsersKnex } from "../../helpers/users-knex.ts";

const ALUDAS = "1001302001";

onEveryDatabase(
  "the revert of the last run",
  (database) => {
    const open = useUsersKnex(database);

    it("is refused if another run has ended since it was asked for, and takes back that run when asked again", async () => {
      const [writer, reverter] = [open(), open()];
      const hasNamedTheLast = new Promise<void>((resolve) => {
        reverter.on("query-response", (_, { sql }: { sql: string }) => {
          if (sql.includes("run.id not in")) resolve();
        });
      });
      let refused: Promise<unknown> = Promise.resolve();
      await writer.transaction(async (transaction) => {
        await updateCommunity(transaction, ALUDAS, { households: 999 });
        refused = revert(reverter, { run: "last" }).catch((error: unknown) => error);
        await hasNamedTheLast;
      });
      expect(await refused).toMatchObject({
        code: "RUN_NOT_LAST",
        message: expect.stringContaining("was run 1 (import) when this began, and is run 2 (community set) now"),
      });
      expect((await history(database.knex)).runs).toHaveLength(2);
      expect((await revert(reverter, { run: "last" })).reverts.id).toBe(2);
    });
  },
  { stage: "example" },
);
