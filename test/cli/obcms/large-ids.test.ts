/** The ids of Django's tables have 64 bits: everything works where they are larger than 32. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { bulkSyncCommunities } from "../../../src/index.ts";
import type { TestDatabase } from "../../helpers/databases.ts";
import { documentOf, type ErrorDocument, type ImportCounts, type SyncDocument } from "../../helpers/documents.ts";
import { OBCMS_COLUMNS, type ObcmsTable } from "../../helpers/obcms/columns.ts";
import { onEveryObcms } from "../../helpers/obcms/make-obcms.ts";
import { expectObcmsInStep } from "../../helpers/obcms/plain-sql.ts";
import { obcmsRow } from "../../helpers/obcms/row.ts";
import { temporaryFolder } from "../../helpers/temporary-folder.ts";

const BEYOND_32_BITS = 5_000_000_000;

/** Adds a number to every id, and to every reference to one. */
async function enlargeIds(database: TestDatabase): Promise<void> {
  const keys = ["id", "region_id", "province_id", "municipality_id", "barangay_id"];
  await database.knex.transaction(async (sql) => {
    for (const table of Object.keys(OBCMS_COLUMNS) as ObcmsTable[]) {
      if (table === "auth_user") continue;
      const columns = OBCMS_COLUMNS[table].map(({ name }) => name).filter((name) => keys.includes(name));
      await sql.raw(
        `update ${table} set ${columns.map((column) => `${column} = ${column} + ${BEYOND_32_BITS}`).join(", ")}`,
      );
      if (database.kind === "postgres") {
        await sql.raw("select setval(pg_get_serial_sequence(?, 'id'), (select max(id) from ??))", [table, table]);
      }
    }
  });
}

onEveryObcms("ids beyond 32 bits", (database) => {
  beforeEach(async () => {
    await enlargeIds(database);
    expect((await database.obcSync(["migrate"])).exitCode).toBe(0);
  });

  const succeeds = async (...args: string[]) => {
    const { exitCode, stderr } = await database.obcSync(args);
    expect({ args, exitCode, stderr }).toEqual({ args, exitCode: 0, stderr: "" });
  };

  it("are synced, verified and analyzed, everything or some units", async () => {
    await succeeds("sync");
    await expectObcmsInStep(database);
    await succeeds("verify");
    await database.rows("update communities_obc_community set families = coalesce(families, 0) + 1");
    for (const unit of ["BUKIDNON_BAUNGON", "BUKIDNON_DAMULOG"]) {
      await succeeds("sync", "--municipality", unit);
      await succeeds("verify", "--municipality", unit);
    }
    await succeeds("sync", "--region", "X");
    await succeeds("verify", "--region", "X");
    await succeeds("analyze", "--region", "X", "--check", "stale-coverage");
    await succeeds("sync", "--changed");
    await expectObcmsInStep(database);
    await succeeds("perf", "--runs", "1", "--explain");
  });

  it("are synced in a scope of several hundred units", async () => {
    const [{ id } = { id: 0 }] = await database.rows<{ id: number }>(
      "select id from common_province where code = 'BUKIDNON'",
    );
    const added = Array.from({ length: 250 }, (_, index) =>
      obcmsRow(database.kind, "common_municipality", {
        code: `BUKIDNON_ADDED_${index}`,
        name: `Added ${index}`,
        province_id: id,
      }),
    );
    await database.knex.batchInsert("common_municipality", added, 50);
    await succeeds("sync", "--region", "X");
    await succeeds("verify", "--region", "X");
    await succeeds("analyze", "--region", "X", "--check", "stale-coverage");
  });

  it("are imported, archived, listed in a template and given PSGC codes", async () => {
    const path = join(temporaryFolder(), "communities.csv");
    const rows = ["ALUDAS,5", "ANGGA_AN,6", "KIRAON,7"].map((row) => `BUKIDNON_DAMULOG_${row}`);
    writeFileSync(path, `barangay_code,households\n${rows.join("\n")}\n`);
    const flags = ["--archive-missing", "--municipality", "BUKIDNON_DAMULOG", "--yes", "--json"];
    const imported = documentOf<ImportCounts>(await database.obcSync(["import", "communities", path, ...flags]));
    expect(imported).toMatchObject({
      created: 1,
      updated: 2,
      rejected: 0,
      archived: [{ name: "Kinapat" }, { name: "Tangkulan" }],
    });
    await succeeds("verify", "--municipality", "BUKIDNON_DAMULOG");
    await succeeds("import", "communities", "--template", join(temporaryFolder(), "x.csv"), "--region", "X");
    await succeeds("import", "geography");
    const synced = await database.obcSync(["sync", "--municipality", "1001301000", "--json"]);
    expect(documentOf<SyncDocument>(synced).scope.units).toEqual(["BUKIDNON_BAUNGON"]);
  });

  it("are refused in a single record where they are not exact as numbers", async () => {
    const code = "BUKIDNON_BAUNGON_BALINTAD";
    const id = "9007199254740993";
    await database.knex.transaction(async (sql) => {
      const barangay = `(select id from common_barangay where code = '${code}')`;
      await sql.raw(`update communities_obc_community set barangay_id = ${id} where barangay_id = ${barangay}`);
      await sql.raw(`update common_barangay set id = ${id} where code = '${code}'`);
    });
    const refused = await database.obcSync(["community", "set", code, "households=7777", "--json"]);
    expect(refused.exitCode).toBe(1);
    expect(documentOf<ErrorDocument>(refused).error.message).toMatch(
      /^the barangay_id 900719925474\d+ of communities_obc_community is larger than 9,007,199,254,740,991/,
    );
    await succeeds("sync");
    await expectObcmsInStep(database);
  });

  it("are those of single records, and given to the library", async () => {
    await succeeds("community", "add", "BUKIDNON_BAUNGON_BUENAVISTA", "households=4");
    await succeeds("coverage", "manual", "BUKIDNON_DAMULOG");
    await succeeds("coverage", "set", "BUKIDNON_DAMULOG", "households=77");
    const [balintad] = await database.rows<{ id: number }>(
      "select id from common_barangay where code = 'BUKIDNON_BAUNGON_BALINTAD'",
    );
    const id = Number(balintad?.id);
    expect(id).toBeGreaterThan(BEYOND_32_BITS);
    expect(await bulkSyncCommunities(database.knex, [id])).toMatchObject({ municipalitiesSynced: 1 });
    await expect(bulkSyncCommunities(database.knex, [2 * id])).rejects.toMatchObject({ code: "UNIT_UNKNOWN" });
  });
});
