/** Tables and columns that a migration of OBCMS removes or renames: the errors name them, and no hint leads in a circle. */
import { expect, it } from "vitest";
import { documentOf, type ErrorDocument } from "../../helpers/documents.ts";
import { onEveryObcms } from "../../helpers/obcms/make-obcms.ts";
import { digest } from "../../helpers/plain-sql.ts";

const RENAMED: Array<[table: string, column: string]> = [
  ["common_barangay", "name"],
  ["common_municipality", "province_id"],
  ["communities_obc_community", "is_deleted"],
  ["communities_municipalitycoverage", "households"],
  ["communities_provincecoverage", "updated_at"],
];

onEveryObcms("a database of OBCMS", (database) => {
  const errorOf = async (...args: string[]) => {
    const result = await database.obcSync([...args, "--json"]);
    expect([args, result.exitCode]).toEqual([args, 1]);
    return documentOf<ErrorDocument>(result).error;
  };

  it.each(RENAMED)(
    "whose %s has no column %s any more is refused by migrate, which names both",
    async (table, column) => {
      const named = {
        code: "SCHEMA_INCOMPLETE",
        message: `the table ${table} lacks the column ${column}, which obc-sync reads and writes`,
        hint: expect.not.stringContaining("obc-sync migrate"),
      };
      const rename = (from: string, to: string) => database.rows(`alter table ${table} rename column ${from} to ${to}`);
      await rename(column, "renamed");
      const before = await digest(database);
      expect(await errorOf("migrate")).toMatchObject(named);
      expect(await digest(database)).toBe(before);
      await rename("renamed", column);
      expect((await database.obcSync(["migrate"])).exitCode).toBe(0);
      await rename(column, "renamed");
      for (const args of [["sync"], ["verify"], ["analyze"]]) {
        const { message, hint } = await errorOf(...args);
        expect(message).toContain(column);
        expect(hint).toContain("Run: obc-sync migrate. It upgrades the tables of obc-sync, or names the table");
      }
      expect(await errorOf("migrate")).toMatchObject(named);
    },
  );

  it("that has lost a table is refused, and the error names it", async () => {
    expect((await database.obcSync(["migrate"])).exitCode).toBe(0);
    await database.rows("alter table communities_municipalitycoverage rename to communities_mc");
    for (const args of [["sync"], ["verify"], ["analyze"], ["migrate"]]) {
      const { code, message } = await errorOf(...args);
      expect({ args, code, message }).toEqual({
        args,
        code: "SCHEMA_INCOMPLETE",
        message: expect.stringContaining("communities_municipalitycoverage"),
      });
    }
  });

  const DAMAGES: Array<[what: string, sql: string, commands: string[][]]> = [
    ["has lost its change log", "drop table obc_sync_change_log", [["analyze"], ["sync"], ["sync", "--changed"]]],
    ["has lost the record of its migrations", "drop table obc_sync_migrations", []],
    ["has lost half of this record", "delete from obc_sync_migrations where name = '0002_bookkeeping'", []],
  ];

  it.each(DAMAGES)("that %s says how to set obc-sync up again", async (_, sql, commands) => {
    expect((await database.obcSync(["migrate"])).exitCode).toBe(0);
    await database.rows(sql);
    for (const args of [...commands, ["migrate"]]) {
      const { code, hint } = await errorOf(...args);
      expect({ args, code, hint }).toEqual({
        args,
        code: expect.stringMatching(/^(DATABASE_DAMAGED|TABLES_EXIST)$/),
        hint: expect.stringContaining("Set obc-sync up again with: obc-sync migrate --remove"),
      });
    }
    for (const args of [["migrate", "--remove", "--yes"], ["migrate"], ["sync"], ["verify"]]) {
      expect(await database.obcSync(args), args.join(" ")).toMatchObject({ exitCode: 0, stderr: "" });
    }
  });
});
