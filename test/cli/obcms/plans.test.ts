/** Saved plans on the tables of OBCMS: a row that a plan adds is the row that the import would have added. */
import { join } from "node:path";
import { expect, it } from "vitest";
import { onEveryObcms } from "../../helpers/obcms/make-obcms.ts";
import { temporaryFolder, written } from "../../helpers/temporary-folder.ts";

onEveryObcms("a plan of an import into OBCMS", (database) => {
  const stored = async () => {
    const rows = await database.rows("select * from communities_obc_community order by barangay_id");
    const coverages = [
      ...(await database.rows("select * from communities_municipalitycoverage order by municipality_id")),
      ...(await database.rows("select * from communities_provincecoverage order by province_id")),
    ];
    // An added row has an id and times of its own.
    return [...rows, ...coverages].map(({ id, created_at, updated_at, ...row }) => row);
  };

  it("writes the same rows as the import, in every column", async () => {
    await database.obcSync(["migrate"]);
    await database.obcSync(["sync"]);
    const before = await stored();
    const file = written(
      "list.csv",
      "barangay_code,households,mosques_count,settlement_type,notes",
      'BUKIDNON_BAUNGON_BUENAVISTA,12,,village,"ñ"',
      "BUKIDNON_BAUNGON_BALINTAD,31,2,purok,",
    );
    const options = ["import", "communities", file, "--blank", "clear"];
    expect((await database.obcSync(options)).exitCode).toBe(0);
    const imported = await stored();
    expect(imported.length).toBeGreaterThan(before.length);
    expect((await database.obcSync(["revert", "--last"])).exitCode).toBe(0);
    expect(await stored()).toEqual(before);

    const plan = join(temporaryFolder(), "plan.json");
    expect((await database.obcSync([...options, "--plan-out", plan])).exitCode).toBe(0);
    expect(await stored()).toEqual(before);
    const applied = await database.obcSync(["apply", plan]);
    expect([applied.stderr, applied.exitCode]).toEqual(["", 0]);
    expect(await stored()).toEqual(imported);
    expect((await database.obcSync(["verify"])).exitCode).toBe(0);
  });

  it("of a revert is refused if the rows to put back have been forgotten", async () => {
    await database.obcSync(["migrate"]);
    await database.obcSync(["community", "add", "BUKIDNON_BAUNGON_BALINTAD", "households=31"]);
    await database.obcSync(["community", "remove", "BUKIDNON_BAUNGON_BALINTAD", "--yes"]);
    const plan = join(temporaryFolder(), "plan.json");
    expect((await database.obcSync(["revert", "--last", "--plan-out", plan])).exitCode).toBe(0);
    const before = await stored();
    await database.rows("delete from obc_sync_run_values");
    const { exitCode, stderr } = await database.obcSync(["apply", plan]);
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining("the rows that it removed are forgotten")]);
    expect(await stored()).toEqual(before);
  });
});
