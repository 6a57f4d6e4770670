import { expect, it } from "vitest";
import { FIELDS } from "../../../src/core/fields.ts";
import { onEveryDatabase } from "../../helpers/databases.ts";
import { documentOf, type SyncDocument } from "../../helpers/documents.ts";
import { expectedMunicipalities, expectedProvinces, storedCoverages } from "../../helpers/plain-sql.ts";
import { fixture } from "../../helpers/project.ts";

onEveryDatabase("the figures of a sync", (database) => {
  it("are those of plain SQL: all 29 fields, counts and names, at both levels", async () => {
    await database.obcSync(["import", "communities", fixture("communities.csv"), "--no-sync"]);
    expect(await storedCoverages(database, "municipality")).toEqual({});

    const sync = documentOf<SyncDocument>(await database.obcSync(["sync", "--json"]));

    const municipalities = await expectedMunicipalities(database);
    const provinces = await expectedProvinces(database);
    expect(FIELDS).toHaveLength(29);
    expect(await storedCoverages(database, "municipality")).toEqual(municipalities);
    expect(await storedCoverages(database, "province")).toEqual(provinces);
    expect(sync.communities).toBe(600);
    expect(sync.municipalities.created).toBe(Object.keys(municipalities).length);
    expect(sync.provinces.created).toBe(Object.keys(provinces).length);

    // The document has for each coverage what the table now holds.
    for (const { level, code, fields } of sync.changes) {
      const expected = level === "municipality" ? municipalities[code] : provinces[code];
      expect(Object.fromEntries(Object.entries(fields).map(([field, { after }]) => [field, after]))).toEqual(expected);
    }
  });

  it("agree with verify, and a second sync finds nothing to do", async () => {
    await database.obcSync(["import", "communities", fixture("communities.csv"), "--no-sync"]);
    expect(await database.obcSync(["verify", "--json"])).toMatchObject({ exitCode: 2 });
    await database.obcSync(["sync"]);

    const verify = await database.obcSync(["verify", "--json"]);
    const [total] = await database.rows("select sum(households) as n from obc_communities");
    expect(verify.exitCode).toBe(0);
    expect(documentOf(verify)).toMatchObject({
      ok: true,
      drift: [],
      totals: {
        communities: { total_obc_communities: 600, households: total?.n },
        municipalities: { total_obc_communities: 600, households: total?.n },
        provinces: { total_obc_communities: 600, households: total?.n },
      },
    });

    const again = documentOf<SyncDocument>(await database.obcSync(["sync", "--json"]));
    expect(again).toMatchObject({ changes: [], municipalities: { created: 0, updated: 0 }, queries: { write: 0 } });
  });
});
