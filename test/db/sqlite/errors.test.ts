import { describe, expect, it } from "vitest";
import { errors } from "../../../src/db/sqlite/errors.ts";
import { useDatabase } from "../../helpers/databases.ts";

describe("an error of SQLite", () => {
  const database = useDatabase("sqlite");

  it("that tells of a full disk names both folders that may be full", async () => {
    const [size] = await database.rows<{ page_count: number }>("pragma page_count");
    await database.rows(`pragma max_page_count = ${size?.page_count}`);
    const error = await database
      .rows("insert into obc_communities (barangay_id, notes) select id, printf('%5000s', '') from barangays")
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "SQLITE_FULL" });
    expect(errors.explain(error, database.location)).toMatchObject({
      code: "DATABASE_FULL",
      message: expect.stringMatching(/^no space left on disk for .*sqlite3, or for temporary files in /),
      hint: expect.stringContaining("TMPDIR"),
    });
  });
});
