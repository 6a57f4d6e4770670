/** A view in place of a table of OBCMS: no triggers can be created on it, so that nothing is written. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { TestDatabase } from "../../helpers/databases.ts";
import { documentOf, type ErrorDocument } from "../../helpers/documents.ts";
import { onEveryObcms } from "../../helpers/obcms/make-obcms.ts";
import { temporaryFolder } from "../../helpers/temporary-folder.ts";

/** The tables that obc-sync has triggers on. */
const TABLES = [
  "communities_obc_community",
  "communities_municipalitycoverage",
  "communities_provincecoverage",
  "common_barangay",
  "common_municipality",
  "common_province",
];

async function replaceByView(database: TestDatabase, table: string): Promise<void> {
  if (database.kind === "sqlite") await database.rows("pragma legacy_alter_table = on");
  await database.rows(`alter table ${table} rename to base_of_${table}`);
  await database.rows(`create view ${table} as select * from base_of_${table}`);
}

/** The names of everything in the database, and the rows that a run would write. */
async function stateOf(database: TestDatabase): Promise<unknown> {
  const names = database.kind === "sqlite" ? "select name from sqlite_master" : "select relname as name from pg_class";
  const rows = ["communities_obc_community", "communities_municipalitycoverage", "communities_provincecoverage"];
  return {
    names: await database.rows(`${names} order by 1`),
    rows: await Promise.all(rows.map((table) => database.rows(`select * from ${table} order by id`))),
  };
}

onEveryObcms("a view in place of a table of OBCMS", (database) => {
  const errorOf = async (...args: string[]) => {
    const result = await database.obcSync([...args, "--json"]);
    expect(result.exitCode).toBe(1);
    return documentOf<ErrorDocument>(result).error;
  };

  it.each(TABLES)("is named by migrate, which creates nothing: %s", async (table) => {
    await replaceByView(database, table);
    const before = await stateOf(database);
    expect(await errorOf("migrate")).toMatchObject({
      code: "SCHEMA_INCOMPLETE",
      message: `the database has a view in place of a table of obcms: ${table}`,
      hint: expect.stringContaining("the table itself"),
    });
    expect(await stateOf(database)).toEqual(before);
  });

  it.each(TABLES)("is named by everything that writes, if it was put there later: %s", async (table) => {
    const file = join(temporaryFolder(), "communities.csv");
    writeFileSync(file, "barangay_code,households\nBUKIDNON_DAMULOG_ALUDAS,5\n");
    expect((await database.obcSync(["migrate"])).exitCode).toBe(0);
    await replaceByView(database, table);
    const before = await stateOf(database);
    for (const args of [
      ["migrate"],
      ["sync"],
      ["sync", "--changed"],
      ["import", "communities", file],
      ["import", "communities", file, "--dry-run"],
      ["community", "set", "BUKIDNON_DAMULOG_ALUDAS", "households=77"],
      ["coverage", "auto", "BUKIDNON_CABANGLASAN"],
    ]) {
      expect(await errorOf(...args), args.join(" ")).toMatchObject({
        code: "SCHEMA_INCOMPLETE",
        message: expect.stringContaining(table),
      });
    }
    expect(await stateOf(database)).toEqual(before);
    const removed = await database.obcSync(["migrate", "--remove", "--yes"]);
    expect(removed).toMatchObject({ exitCode: 0, stderr: "" });
  });

  it("is read all the same, except where PostgreSQL cannot tell whether a coverage has changed", async () => {
    await replaceByView(database, "communities_obc_community");
    expect(await database.obcSync(["sync", "--dry-run"])).toMatchObject({ exitCode: 0, stderr: "" });
    await replaceByView(database, "communities_provincecoverage");
    if (database.kind === "sqlite") {
      expect(await database.obcSync(["sync", "--dry-run"])).toMatchObject({ exitCode: 0, stderr: "" });
    } else {
      for (const args of [["sync", "--dry-run"], ["verify"], ["perf", "--runs", "1"]]) {
        expect(await errorOf(...args)).toMatchObject({
          code: "SCHEMA_INCOMPLETE",
          message: expect.stringContaining("coverages"),
          hint: expect.stringContaining("obc-sync migrate"),
        });
      }
    }
  });

  it("may stand for the regions, which are only read", async () => {
    await replaceByView(database, "common_region");
    for (const args of [["migrate"], ["sync"], ["verify"], ["sync", "--changed"]]) {
      expect(await database.obcSync(args), args.join(" ")).toMatchObject({ exitCode: 0, stderr: "" });
    }
  });
});
