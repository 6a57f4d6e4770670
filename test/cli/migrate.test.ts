import { expect, it } from "vitest";
import { onEveryDatabase } from "../helpers/databases.ts";

onEveryDatabase(
  "migrate",
  (database) => {
    it("creates the tables, and the second time reports that there is nothing to do", async () => {
      const first = await database.obcSync(["migrate"]);
      expect(first).toMatchObject({ exitCode: 0, stderr: "" });
      expect(first.stdout).toContain("✓ 0001_tables");
      expect(await database.rows("select * from obc_communities")).toEqual([]);

      const second = await database.obcSync(["migrate"]);
      expect(second).toMatchObject({ exitCode: 0, stderr: "" });
      expect(second.stdout).toMatch(/^Database .* is up to date\.\n$/);
    });

    it("--status lists the migrations that were run", async () => {
      await database.obcSync(["migrate"]);
      const status = JSON.parse((await database.obcSync(["migrate", "--status", "--json"])).stdout);
      expect(status).toMatchObject({ formatVersion: 1, command: "migrate", pending: [] });
      expect(status.applied).toContain("0001_tables");
    });
  },
  { stage: "empty" },
);
