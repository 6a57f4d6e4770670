import { describe, expect, it } from "vitest";
import { onEveryDatabase, useDatabase } from "../helpers/databases.ts";
import { documentOf } from "../helpers/documents.ts";
import { digest } from "../helpers/plain-sql.ts";
import { fixture } from "../helpers/project.ts";

onEveryDatabase(
  "an error in the middle of a sync",
  (database) => {
    it("leaves every table as it was", async () => {
      await database.rows("update obc_communities set households = coalesce(households, 0) + 1");
      // Municipalities are written first; the province after them fails.
      if (database.kind === "sqlite") {
        await database.rows(`create trigger refuse before insert on province_coverages
          begin select raise(abort, 'no room for provinces'); end`);
      } else {
        await database.rows(`create function refuse() returns trigger language plpgsql
          as $$ begin raise 'no room for provinces'; end $$`);
        await database.rows(
          "create trigger refuse before insert on province_coverages for each statement execute function refuse()",
        );
      }
      const before = await digest(database);
      const result = await database.obcSync(["sync"]);
      expect(result).toMatchObject({ exitCode: 1, stdout: "" });
      expect(result.stderr).toContain("no room for provinces");
      expect(await digest(database)).toBe(before);

      await database.rows("update obc_communities set households = null");
      await database.rows("delete from province_coverages");
      const imported = await database.obcSync(["import", "communities", fixture("communities.csv")]);
      expect(imported.exitCode).toBe(1);
      expect(await database.rows("select 1 from obc_communities where households is not null")).toEqual([]);
    });

    it("a figure of exactly 2^53 - 1 is kept", async () => {
      const [manual] = await database.rows<{ id: number; others: number }>(
        `select v.municipality_id as id, (select sum(farmers_count) from province_coverages) as others
           from municipality_coverages v join municipalities m on m.id = v.municipality_id where m.code = '1030900000'`,
      );
      await database.rows(
        `update municipality_coverages set auto_sync = false, farmers_count = ${Number.MAX_SAFE_INTEGER}
          where municipality_id = ?`,
        Number(manual?.id),
      );
      expect(await database.obcSync(["sync"])).toMatchObject({ exitCode: 0 });
      const [iligan] = await database.rows(
        "select farmers_count as n from province_coverages v join provinces p on p.id = v.province_id where p.code = '1030900000'",
      );
      expect(iligan?.n).toBe(Number.MAX_SAFE_INTEGER);
      expect(await database.obcSync(["verify"])).toMatchObject({ exitCode: 0 });
    });
  },
  { stage: "example" },
);

describe("on PostgreSQL", () => {
  const database = useDatabase("postgres", { stage: "example" });

  it("a sync that conflicts with another program's write runs again, on the new data", async () => {
    // The other program has changed a coverage and not yet committed: the sync, which has taken its snapshot, waits
    // for that row, and must start over once it is committed.
    await database.rows("update obc_communities set households = coalesce(households, 0) + 1");
    const other = await database.knex.transaction();
    await other.raw("update municipality_coverages set households = households + 1000");
    const running = database.startObcSync(["sync", "--json"]);
    await waitForLockedStatement(database);
    await other.raw("update obc_communities set women_count = coalesce(women_count, 0) + 7");
    await other.commit();

    const result = await running.result;
    expect(result.exitCode).toBe(0);
    expect(documentOf<{ queries: { read: number } }>(result).queries.read).toBe(2);
    expect(await database.obcSync(["verify"])).toMatchObject({ exitCode: 0 });
    const [sums] = await database.rows(
      "select (select sum(women_count) from obc_communities) as c, (select sum(women_count) from province_coverages) as p",
    );
    expect(sums?.p).toBe(sums?.c);
  });

  async function waitForLockedStatement({ rows }: typeof database): Promise<void> {
    for (;;) {
      const waiting = await rows(
        "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      );
      if (waiting.length > 0) return;
    }
  }
});
