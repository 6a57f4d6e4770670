import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { onEveryDatabase } from "../helpers/databases.ts";
import { projectFolder } from "../helpers/project.ts";

onEveryDatabase(
  "the plain knex command line",
  (database) => {
    const knex = async (command: string) => {
      const { stdout } = await promisify(execFile)("npm", ["run", "--silent", "knex", "--", command], {
        cwd: projectFolder,
        env: { ...process.env, OBC_SYNC_DATABASE: database.location },
      });
      return stdout;
    };

    it("agrees with the program on what was run", async () => {
      expect(await knex("migrate:status")).toContain("No Pending Migration files Found");
      await knex("migrate:rollback");
      const status = JSON.parse((await database.obcSync(["migrate", "--status", "--json"])).stdout);
      expect(status.applied).toEqual([]);
      await knex("migrate:latest");
      expect((await database.obcSync(["migrate"])).stdout).toContain("is up to date");
    });
  },
  { stage: "migrated" },
);
