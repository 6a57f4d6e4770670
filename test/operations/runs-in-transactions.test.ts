/** The runs of the library in a transaction of its user: each has its own values, and they are there when the changes are. */
import type { Knex } from "knex";
import { expect, it } from "vitest";
import * as library from "../../src/index.ts";
import { onEveryDatabase } from "../helpers/databases.ts";
import { digest } from "../helpers/plain-sql.ts";
import { written } from "../helpers/temporary-folder.ts";
import { differences, unitStates } from "../helpers/unit-changes.ts";
import { useUsersKnex } from "../helpers/users-knex.ts";

const [FIRST, SECOND, NEW] = ["1001302001", "1001302002", "1001301001"];
const DAMULOG = { level: "municipality", unit: "1001302000" } as const;

class Unwanted extends Error {}

onEveryDatabase(
  "runs in a transaction of the library's user",
  (database) => {
    const open = useUsersKnex(database);

    const operations: Array<(transaction: Knex.Transaction) => Promise<unknown>> = [
      (transaction) => library.updateCommunity(transaction, FIRST, { households: 1, notes: "in a transaction" }),
      async (transaction) => {
        await transaction("obc_communities").where("households", ">", 100).increment("households", 1);
        await library.syncChanged(transaction);
      },
      (transaction) => library.createCommunity(transaction, NEW, { households: 5 }),
      (transaction) =>
        library.importCommunities(transaction, {
          file: written("list.csv", "barangay_code,households", `${FIRST},9`, `${NEW},6`),
        }),
      (transaction) => library.setAutoSync(transaction, DAMULOG, false),
      (transaction) => library.removeCommunity(transaction, SECOND),
      (transaction) => library.revert(transaction, { run: "last" }),
    ];

    /** Runs them all, and expects the values of each run to be what differs, without what the user's own code wrote. */
    async function runAll(transaction: Knex.Transaction): Promise<void> {
      const rows = async <Row>(sql: string) => {
        const result = await transaction.raw(sql);
        const numbers = (row: object) =>
          Object.entries(row).map(([name, value]) => [
            name,
            /^\d+$/.test(value) && name !== "code" ? Number(value) : value,
          ]);
        return ((Array.isArray(result) ? result : result.rows) as object[]).map((row) =>
          Object.fromEntries(numbers(row)),
        ) as Row[];
      };
      const states = () => unitStates({ ...database, rows });
      for (const [index, operate] of operations.entries()) {
        const before = await states();
        await operate(transaction);
        const changes = differences(before, await states()).filter(({ level }) => index !== 1 || level !== "community");
        const { changes: kept } = await library.showRun(transaction, index + 2);
        expect(kept.map(({ level, code, action, fields }) => ({ level, code, action, fields }))).toEqual(changes);
        expect(kept).not.toEqual([]);
      }
    }

    it("are there after a commit, and nobody sees one before", async () => {
      await open().transaction(async (transaction) => {
        await runAll(transaction);
        if (database.kind === "sqlite") return;
        expect((await library.history(database.knex)).runs).toHaveLength(1);
      });
      const { runs } = await library.history(database.knex);
      expect(runs.map(({ id, command }) => `${id} ${command}`)).toEqual([
        ...["8 revert", "7 community remove", "6 coverage manual", "5 import", "4 community add", "3 syncChanged"],
        ...["2 community set", "1 import"],
      ]);
    });

    it("are gone after a rollback", async () => {
      const before = await digest(database);
      const attempt = open().transaction(async (transaction) => {
        await runAll(transaction);
        throw new Unwanted();
      });
      await expect(attempt).rejects.toBeInstanceOf(Unwanted);
      expect(await digest(database)).toBe(before);
    });

    it("go with a savepoint that is rolled back, and the next one takes the number", async () => {
      await open().transaction(async (transaction) => {
        const attempt = transaction.transaction(async (savepoint) => {
          await library.updateCommunity(savepoint, FIRST, { households: 1 });
          throw new Unwanted();
        });
        await expect(attempt).rejects.toBeInstanceOf(Unwanted);
        await library.updateCommunity(transaction, SECOND, { households: 2 });
        await library.revert(transaction, { run: "last", dryRun: true });
        await library.importCommunities(transaction, {
          ...{ file: written("list.csv", "barangay_code,households", `${NEW},6`), dryRun: true },
        });
      });
      const { runs } = await library.history(database.knex);
      expect(runs.map(({ id, command }) => `${id} ${command}`)).toEqual(["2 community set", "1 import"]);
      const { changes } = await library.showRun(database.knex, 2);
      expect(changes[0]).toMatchObject({ code: SECOND, fields: { households: { after: 2 } } });
    });
  },
  { stage: "example" },
);
