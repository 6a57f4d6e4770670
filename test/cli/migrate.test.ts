import { expect, it } from "vitest";
import { onEveryDatabase } from "../helpers/databases.ts";
import { digest } from "../helpers/plain-sql.ts";

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

    it("runs once, whatever the number of processes that run it at once", async () => {
      const results = await Promise.all([1, 2, 3].map(() => database.obcSync(["migrate"])));
      for (const result of results) expect(result).toMatchObject({ exitCode: 0, stderr: "" });
      expect(await database.rows("select name from obc_sync_migrations order by id")).toEqual([
        { name: "0001_tables" },
        { name: "0002_bookkeeping" },
        { name: "0003_heartbeat" },
      ]);
    });

    it("--status lists the migrations that were run", async () => {
      await database.obcSync(["migrate"]);
      const status = JSON.parse((await database.obcSync(["migrate", "--status", "--json"])).stdout);
      expect(status).toMatchObject({ formatVersion: 1, command: "migrate", pending: [] });
      expect(status.applied).toContain("0001_tables");
    });

    it("--citus creates nothing on a database that is not that of a cluster", async () => {
      const { exitCode, stdout, stderr } = await database.obcSync(["migrate", "--citus"]);
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
      expect(stderr).toContain(
        database.kind === "sqlite" ? "this is a SQLite file" : "does not have the extension citus",
      );
      expect((await database.obcSync(["migrate", "--status"])).stdout).toContain("0001_tables (pending)");
    });

    it("creates nothing if other tables have the names of its own", async () => {
      await database.rows("create table municipalities (id integer primary key, budget integer)");
      const { exitCode, stdout, stderr } = await database.obcSync(["migrate"]);
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
      expect(stderr).toContain("already has tables with the names that migrate creates: municipalities");
      const tables = await database.rows<{ name: string }>(
        database.kind === "sqlite"
          ? "select name from sqlite_master where type = 'table'"
          : "select tablename as name from pg_tables where schemaname = 'public'",
      );
      expect(tables).toEqual([{ name: "municipalities" }]);
    });

    it.each([["verify"], ["analyze"]])("is not enough for %s: without places nothing could differ", async (command) => {
      await database.obcSync(["migrate"]);
      const { exitCode, stderr } = await database.obcSync([command]);
      expect(exitCode).toBe(1);
      expect(stderr).toBe("error: the database has no geography yet\nhint:  Run: obc-sync import geography\n");
    });
  },
  { stage: "empty" },
);

onEveryDatabase(
  "a database that another version has migrated",
  (database) => {
    const COMMANDS = [
      ["sync"],
      ["sync", "--dry-run"],
      ["verify"],
      ["community", "archive", "1001301001"],
      ["migrate"],
      ["migrate", "--status"],
    ];

    it.each(COMMANDS)("is refused if the version is newer: %s %s %s", async (...args) => {
      await database.rows("insert into obc_sync_migrations (name, batch) values ('0099_from_the_future', 9)");
      const before = await digest(database);
      const result = await database.obcSync([...args.filter((arg) => arg !== undefined), "--json"]);
      expect(result).toMatchObject({ exitCode: 1, stderr: "" });
      expect(JSON.parse(result.stdout).error).toMatchObject({
        code: "DATABASE_NEWER",
        message: expect.stringContaining("0099_from_the_future"),
      });
      expect(await digest(database)).toBe(before);
    });

    it("says how to set it up again if somebody has removed a table of obc-sync", async () => {
      await database.rows(`drop table obc_sync_change_log${database.kind === "postgres" ? " cascade" : ""}`);
      if (database.kind === "postgres") await database.rows("update obc_communities set households = 3");
      for (const args of [["migrate"], ["migrate", "--status"]]) {
        const { exitCode, stderr } = await database.obcSync(args);
        expect(exitCode).toBe(1);
        expect(stderr).toMatch(/lacks obc_sync_change_log\nhint: .*obc-sync migrate --remove/);
      }
      for (const args of [["migrate", "--remove", "--yes"], ["migrate"], ["sync"], ["verify"]]) {
        expect((await database.obcSync(args)).exitCode, args.join(" ")).toBe(0);
      }
    });

    it("is refused if the version is older, and upgraded by migrate, which keeps the history", async () => {
      await database.rows("delete from obc_sync_migrations where name = '0003_heartbeat'");
      await database.rows("drop table obc_sync_heartbeat");
      const runs = await database.rows("select * from obc_sync_runs");
      const { exitCode, stderr } = await database.obcSync(["sync"]);
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(/0003_heartbeat is missing\nhint: {2}Run: obc-sync migrate\n$/);

      const migrated = await database.obcSync(["migrate"]);
      expect(migrated.stdout).toMatch(/^Migrated .*\n {2}✓ 0003_heartbeat\n$/);
      expect(await database.rows("select * from obc_sync_runs")).toEqual(runs);
      expect((await database.obcSync(["sync", "--changed"])).exitCode).toBe(0);
    });
  },
  { stage: "example" },
);
