/** Exports of OBCMS's tables as Django made them: codes of its own, blanked figures, and no migrate. */
import { join } from "node:path";
import Papa from "papaparse";
import { expect, it } from "vitest";
import * as library from "../../../src/index.ts";
import { documentOf } from "../../helpers/documents.ts";
import { onEveryObcms } from "../../helpers/obcms/make-obcms.ts";
import { temporaryFolder, written } from "../../helpers/temporary-folder.ts";

type Row = Record<string, string>;

onEveryObcms("export from OBCMS", (database) => {
  const rowsOf = async (...args: string[]) => {
    const { stdout, exitCode } = await database.obcSync(["export", ...args]);
    expect(exitCode).toBe(0);
    return Papa.parse<Row>(stdout, { header: true, skipEmptyLines: true }).data;
  };
  const tables = async () =>
    (
      await database.rows<{ name: string }>(
        database.kind === "sqlite"
          ? "select name from sqlite_master order by name"
          : "select tablename as name from pg_tables where schemaname = 'public' order by 1",
      )
    ).map(({ name }) => name);

  it("needs no migrate, and shows Django's figures", async () => {
    const before = await tables();
    const stored = await database.rows<Row>(
      `select b.code as barangay_code, c.households, c.mosques_count, c.settlement_type
         from communities_obc_community c join common_barangay b on b.id = c.barangay_id
        where not c.is_deleted order by b.code`,
    );
    const fields = ["--fields", "settlement_type,households,mosques_count"];
    const rows = await rowsOf("communities", ...fields);
    const text = (row: Row) =>
      ["barangay_code", "settlement_type", "households", "mosques_count"].map((column) => String(row[column] ?? ""));
    expect(rows.map(text).sort()).toEqual(stored.map(text).sort());
    const coverages = await database.rows<Row>(
      `select p.code, v.estimated_obc_population as population, v.auto_sync, v.households
         from communities_provincecoverage v join common_province p on p.id = v.province_id where not v.is_deleted order by p.code`,
    );
    const provinces = await rowsOf("coverages", "--level", "province");
    expect(
      provinces.map((row) => [row.province_code, row.estimated_obc_population, row.auto_sync, row.households]).sort(),
    ).toEqual(
      coverages
        .map(({ code, population, auto_sync, households }) => [
          code,
          String(population ?? ""),
          String(Boolean(auto_sync)),
          String(households ?? ""),
        ])
        .sort(),
    );
    expect(await tables()).toEqual(before);
  });

  it("reads back unchanged, and has PSGC codes where they are known", async () => {
    await database.obcSync(["migrate"]);
    const path = join(temporaryFolder(), "c.xlsx");
    expect((await database.obcSync(["export", "communities", "--output", path])).exitCode).toBe(0);
    const flags = ["--json", "--dry-run", "--no-sync", "--blank", "clear"];
    const read = documentOf<{ unchanged: number }>(await database.obcSync(["import", "communities", path, ...flags]));
    expect(read).toMatchObject({ created: 0, updated: 0, rejected: 0 });
    expect(read.unchanged).toBeGreaterThan(5);
    await database.rows(
      "insert into obc_sync_places (level, unit_id, psgc_code) select 'province', id, '1001300000' from common_province where code = 'BUKIDNON'",
    );
    const rows = await rowsOf("coverages", "--level", "province", "--fields", "psgc_code");
    expect(rows.map(({ province_code, psgc_code }) => [province_code, psgc_code])).toContainEqual([
      "BUKIDNON",
      "1001300000",
    ]);
  });

  it("of communities that runs created and changed is, as of each run, the one that was made then", async () => {
    const { knex } = database;
    await library.migrate(knex);
    await library.sync(knex);
    const file = written(
      "list.csv",
      "barangay_code,families,mosques_count",
      "BUKIDNON_DAMULOG_KIRAON,669,",
      "BUKIDNON_DAMULOG_ALUDAS,5,9",
    );
    const runs: Array<() => Promise<unknown>> = [
      () => library.importCommunities(knex, { file }),
      () => library.updateCommunity(knex, "BUKIDNON_DAMULOG_KIRAON", { madrasah_count: 3, notes: "x" }),
      () => library.createCommunity(knex, "BUKIDNON_BAUNGON_BUENAVISTA", { households: 31 }),
      () => library.removeCommunity(knex, "BUKIDNON_DAMULOG_KIRAON"),
      async () => library.apply(knex, (await library.planRevert(knex, { run: "last" })).plan),
    ];
    const exportNow = async (...flags: string[]) => {
      const what = ["communities", "--archived", "--fields", FIGURES];
      const { stdout, stderr } = await database.obcSync(["export", ...what, ...flags]);
      return { stdout, stderr };
    };
    const made = [await exportNow()];
    for (const run of runs) {
      await run();
      made.push(await exportNow());
    }
    expect(made[1]?.stdout).toContain('"BUKIDNON_DAMULOG_KIRAON",false,village,669,0,0');
    for (const [index, { stdout }] of made.entries()) {
      const past = await exportNow("--as-of", String(index + 1));
      expect([index, past.stdout]).toEqual([index, stdout]);
      expect(past.stderr).not.toContain("changed by another program");
    }
  });
});

const FIGURES = "settlement_type,families,mosques_count,madrasah_count";
