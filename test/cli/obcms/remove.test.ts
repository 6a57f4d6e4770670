/** `migrate --remove` takes away exactly what `migrate` has added. */
import { expect, it } from "vitest";
import { onEveryDatabase, type TestDatabase } from "../../helpers/databases.ts";
import { onEveryObcms } from "../../helpers/obcms/make-obcms.ts";

/** The definition of every object, as the database has it. */
function definitions(database: TestDatabase): Promise<unknown[]> {
  return database.rows(
    database.kind === "sqlite"
      ? "select type, name, tbl_name, sql from sqlite_master order by 1, 2"
      : `select 'relation' as type, relname as name, relkind::text || coalesce(pg_get_indexdef(i.indexrelid), '') || (
               select coalesce(string_agg(a.attname || format_type(a.atttypid, a.atttypmod) || a.attnotnull || coalesce(pg_get_expr(d.adbin, d.adrelid), ''), ',' order by attnum), '')
                 from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum where a.attrelid = c.oid) as sql
          from pg_class c left join pg_index i on i.indexrelid = c.oid where relnamespace = 'public'::regnamespace
        union all select 'function', proname, prosrc from pg_proc where pronamespace = 'public'::regnamespace
        union all select 'trigger', tgname, pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
        union all select 'constraint', conname, pg_get_constraintdef(oid) from pg_constraint where connamespace = 'public'::regnamespace
        order by 1, 2, 3`,
  );
}

onEveryObcms("migrate --remove on OBCMS", (database) => {
  it("leaves the definitions as they were before migrate, and the coverages as the sync wrote them", async () => {
    const before = await definitions(database);
    await database.obcSync(["migrate"]);
    await database.obcSync(["sync"]);
    const coverages = await database.rows("select * from communities_municipalitycoverage order by id");
    expect(await definitions(database)).not.toEqual(before);
    const result = await database.obcSync(["migrate", "--remove", "--yes"]);
    expect(result).toMatchObject({ exitCode: 0, stderr: "" });
    expect(result.stdout).toMatch(/table obc_sync_runs\n[\s\S]*All other tables are as they were\.\n$/);
    expect(await definitions(database)).toEqual(before);
    expect(await database.rows("select * from communities_municipalitycoverage order by id")).toEqual(coverages);
    expect((await database.obcSync(["migrate"])).exitCode).toBe(0);
  });

  it("removes nothing without a terminal to ask on, and says how", async () => {
    await database.obcSync(["migrate"]);
    const before = await definitions(database);
    const { exitCode, stderr } = await database.obcSync(["migrate", "--remove"]);
    expect(exitCode).toBe(1);
    expect(stderr).toBe("error: nothing was removed\nhint:  Add --yes to remove it without confirmation.\n");
    expect(await definitions(database)).toEqual(before);
  });

  it("says so if there is nothing to remove", async () => {
    const { exitCode, stdout } = await database.obcSync(["migrate", "--remove", "--yes"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("has nothing of obc-sync's own");
  });
});

onEveryDatabase("migrate --remove on the program's own tables", (database) => {
  it("leaves places, communities and coverages", async () => {
    await database.rows("insert into obc_communities (barangay_id, households) select id, 4 from barangays limit 3");
    await database.obcSync(["sync"]);
    const result = await database.obcSync(["migrate", "--remove", "--yes", "--json"]);
    expect(result.exitCode).toBe(0);
    expect(JSON.parse(result.stdout)).toMatchObject({ command: "migrate", schema: "native" });
    const [row] = await database.rows(
      "select (select count(*) from obc_communities) as communities, count(*) as coverages from municipality_coverages",
    );
    expect(row).toMatchObject({ communities: 3 });
    const left = await definitions(database);
    expect(left.filter((object) => String((object as { name: string }).name).startsWith("obc_sync_"))).toEqual([]);

    // Set up again, it goes on with the tables that are there, and with what was changed meanwhile.
    await database.rows("update obc_communities set households = 5");
    expect(await database.obcSync(["migrate"])).toMatchObject({ exitCode: 0, stderr: "" });
    await database.obcSync(["sync", "--changed"]);
    expect(await database.obcSync(["verify"])).toMatchObject({ exitCode: 0, stderr: "" });
  });
});
