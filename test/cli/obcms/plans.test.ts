/** Saved plans on the tables of OBCMS: a row that a plan adds is the row that the import would have added. */
import { join } from "node:path";
import { expect, it } from "vitest";
import * as library from "../../../src/index.ts";
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
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining("what it changed is forgotten")]);
    expect(await stored()).toEqual(before);
  });

  // biome-ignore lint/suspicious/noExplicitAny: what JSON.parse returns
  type Parsed = any;

  /** What a plan is refused for that somebody has altered. Nothing is written. */
  const refusal = async (plan: library.SavedPlan, alter: (community: Parsed, plan: Parsed) => void) => {
    const given = JSON.parse(JSON.stringify(plan));
    alter(given.changes[0], given);
    const before = await stored();
    const error: library.ObcSyncError = await library.apply(database.knex, given).then(
      () => expect.fail("the plan was applied"),
      (reason) => reason,
    );
    expect(await stored()).toEqual(before);
    return [error.code, error.message.replace("the plan cannot be applied, nothing was written: ", "")];
  };
  const ALUDAS = "community Aludas, Damulog, Bukidnon (BUKIDNON_DAMULOG_ALUDAS): ";

  it("is refused with values that no import would write, naming the unit, the column and the value", async () => {
    const { knex } = database;
    await library.migrate(knex);
    const file = written("list.csv", "barangay_code,households,notes", "BUKIDNON_DAMULOG_ALUDAS,12,x");
    const { plan } = await library.planImport(knex, { file });
    if (plan === null) throw new Error("the import has no plan");
    const [aludas] = await database.rows<{ mosques_count: number; obc_id: string }>(
      "select mosques_count, obc_id from communities_obc_community where barangay_id = ?",
      (plan.changes[0] as Parsed).unitId,
    );
    for (const [column, pair, problem] of [
      [
        "settlement_type",
        ["village", "palace"],
        'settlement_type cannot be "palace": not one of: village, subdivision',
      ],
      ["settlement_type", ["village", "Purok"], 'settlement_type cannot be "Purok": it would be stored as "purok"'],
      ["latitude", [null, 1e9], "latitude cannot be 1000000000: it takes degrees from -90 to 90, or null"],
      ["mosques_count", [aludas?.mosques_count, null], "mosques_count cannot be null: it would be stored as 0"],
      ["obc_id", [aludas?.obc_id, "x".repeat(51)], "too long: 51 characters, and the column takes 50"],
      ["notes", [null, ""], 'notes cannot be "": it would be stored as null'],
    ] as const) {
      const [code, message] = await refusal(plan, ({ fields }) => {
        fields[column] = pair;
      });
      expect([column, code, message]).toEqual([column, "INPUT_INVALID", expect.stringContaining(problem)]);
      expect(message).toContain(ALUDAS);
    }
    const nul = await refusal(plan, ({ fields }) => {
      fields.notes = [null, "a\u0000b"];
    });
    expect(nul).toEqual([
      "INPUT_INVALID",
      expect.stringContaining(`${ALUDAS}notes cannot be "a\\u0000b": it takes text`),
    ]);
    await library.apply(knex, plan);
  });

  it("of a revert is refused if it does anything else than taking the run back", async () => {
    const { knex } = database;
    await library.migrate(knex);
    await library.updateCommunity(knex, "BUKIDNON_DAMULOG_ALUDAS", { households: 12, notes: "x" });
    // What another program has stored, a revert may put back.
    await database.rows(
      `update communities_obc_community set settlement_type = 'palace'
        where barangay_id = (select id from common_barangay where code = 'BUKIDNON_DAMULOG_KINAPAT')`,
    );
    const { before } = await library.updateCommunity(knex, "BUKIDNON_DAMULOG_KINAPAT", { settlement_type: "purok" });
    expect(before.values?.settlement_type).toBe("palace");
    const { plan } = await library.planRevert(knex, { run: 1 });
    expect(
      await refusal(plan, ({ fields }) => {
        fields.notes.after = "y";
      }),
    ).toEqual(["INPUT_INVALID", `${ALUDAS}notes does not get the value that it had before run 1`]);
    expect(
      await refusal(plan, (_, altered) => {
        altered.reverts = 2;
      }),
    ).toEqual(["INPUT_INVALID", `${ALUDAS}run 2, which the plan takes back, has not changed it`]);
    await library.apply(knex, (await library.planRevert(knex, { run: 2 })).plan);
    await library.apply(knex, plan);
    // The same values stand there again, but they are not the run's.
    await library.updateCommunity(knex, "BUKIDNON_DAMULOG_ALUDAS", { households: 12, notes: "x" });
    expect(await refusal(plan, () => {})).toEqual([
      "RUN_REVERTED",
      expect.stringContaining("reverted already, by run 4"),
    ]);
  });

  it("of a revert that leaves an automatic coverage in place of a manual one is applied, and taken back", async () => {
    const { knex } = database;
    await library.migrate(knex);
    await library.setAutoSync(knex, { unit: "Baungon" }, false);
    const plans = [];
    for (const run of [1, 2]) {
      const { plan } = await library.planRevert(knex, { run });
      plans.push(await library.apply(knex, structuredClone(plan)));
    }
    expect(plans.map(({ changes }) => changes[0]?.fields.auto_sync)).toEqual([
      { before: false, after: true },
      { before: true, after: false },
    ]);
  });
});
