import { describe, expect, it } from "vitest";
import { useDatabase } from "../../helpers/databases.ts";

describe("truncate on PostgreSQL", () => {
  const database = useDatabase("postgres");

  it.each(["obc_communities", "municipality_coverages", "province_coverages"])("of %s is caught", async (table) => {
    await database.rows(
      "insert into obc_communities (barangay_id, households) select id, 3 from barangays where code like '100130100_'",
    );
    await database.obcSync(["sync"]);
    await database.rows(`truncate ${table}`);
    expect((await database.obcSync(["verify"])).exitCode).toBe(2);
    await database.obcSync(["sync", "--changed"]);
    expect((await database.obcSync(["verify"])).exitCode).toBe(0);
  });
});
