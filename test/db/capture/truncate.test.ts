import { describe, expect, it } from "vitest";
import { sync, syncChanged, verify } from "../../../src/index.ts";
import { useDatabase } from "../../helpers/databases.ts";

describe("truncate on PostgreSQL", () => {
  const database = useDatabase("postgres");

  it.each(["obc_communities", "municipality_coverages", "province_coverages"])("of %s is caught", async (table) => {
    await database.rows(
      "insert into obc_communities (barangay_id, households) select id, 3 from barangays where code like '100130100_'",
    );
    await sync(database.knex);
    await database.rows(`truncate ${table}`);
    expect((await verify(database.knex)).drift).not.toEqual([]);
    await syncChanged(database.knex);
    expect((await verify(database.knex)).drift).toEqual([]);
  });
});
