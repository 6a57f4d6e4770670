/** The history and its reverts on the tables of OBCMS: every column of Django's rows, also those that the program does not know. */
import { beforeEach, expect, it } from "vitest";
import * as library from "../../../src/index.ts";
import type { TestDatabase } from "../../helpers/databases.ts";
import { documentOf, type ErrorDocument, type RevertDocument, type ShownRun } from "../../helpers/documents.ts";
import { onEveryObcms } from "../../helpers/obcms/make-obcms.ts";
import { expectObcmsInStep } from "../../helpers/obcms/plain-sql.ts";
import { written } from "../../helpers/temporary-folder.ts";
import { countsOf, differences, OBCMS, type UnitStates, unitStates } from "../../helpers/unit-changes.ts";

const TABLES = ["communities_obc_community", "communities_municipalitycoverage", "communities_provincecoverage"];

/** Every column of every row, as text, by table and id. */
async function wholeRows(database: TestDatabase): Promise<Record<string, unknown>> {
  const rows: Record<string, unknown> = {};
  for (const table of TABLES) {
    const all =
      database.kind === "postgres"
        ? `select to_jsonb(t)::text as content, id from ${table} t order by id`
        : `select * from ${table} order by id`;
    for (const row of await database.rows<{ id: number }>(all)) rows[`${table} ${row.id}`] = row;
  }
  return rows;
}

const cli = async (database: TestDatabase, ...args: string[]) => {
  const result = await database.obcSync([...args, "--json"]);
  expect(result.exitCode, result.stdout).toBe(0);
  return result;
};

const errorOf = async (database: TestDatabase, ...args: string[]) => {
  const result = await database.obcSync([...args, "--json"]);
  expect(result.exitCode, result.stdout).toBe(1);
  return documentOf<ErrorDocument>(result).error;
};

onEveryObcms("the history of OBCMS before it is set up", (database) => {
  it("is empty, and knows no run", async () => {
    expect(documentOf(await cli(database, "history"))).toMatchObject({ runs: [] });
    const community = documentOf(await cli(database, "history", "--community", "Tangkulan, Damulog"));
    expect(community).toMatchObject({ unit: { level: "community", name: "Tangkulan" }, runs: [] });
    const coverage = documentOf(await cli(database, "history", "--coverage", "Damulog"));
    expect(coverage).toMatchObject({ unit: { level: "municipality", code: "BUKIDNON_DAMULOG" }, runs: [] });
    expect(await errorOf(database, "history", "show", "1")).toMatchObject({ code: "RUN_UNKNOWN" });
    for (const args of [
      ["revert", "1"],
      ["revert", "--last"],
      ["history", "prune", "--older-than", "1d"],
    ]) {
      expect(await errorOf(database, ...args)).toMatchObject({ code: "DATABASE_NOT_MIGRATED" });
    }
  });
});

/** The columns that an insert fills where nobody gives a value, and so no change. */
const FILLED = ["mosques_count", "madrasah_count", "asatidz_count", "religious_leaders_count", "settlement_type"];

onEveryObcms("the runs of OBCMS", (database) => {
  beforeEach(async () => {
    await database.obcSync(["migrate"]);
    await database.obcSync(["sync"]);
  });

  const file = (...lines: string[]) =>
    written("list.csv", "barangay_code,obc_id,households,mosques_count,settlement_type,notes", ...lines);
  const list = () =>
    file(
      "BUKIDNON_DAMULOG_ALUDAS,OBC-X,77,2,Purok,changed",
      "BUKIDNON_DAMULOG_KIRAON,,30,,,by the sea",
      "BUKIDNON_BAUNGON_BUENAVISTA,B-1,20,1,sitio,",
      "LANAO_DEL_NORTE_KOLAMBUGAN_BAYBAY,,4,,,",
    );
  const importing = (...flags: string[]) => cli(database, "import", "communities", list(), ...flags);

  const OPERATIONS: Record<string, () => Promise<unknown>> = {
    import: () => importing(),
    "import --blank clear": () => importing("--blank", "clear"),
    "import --on-conflict skip": () => importing("--on-conflict", "skip"),
    "import --archive-missing": () => importing("--archive-missing", "--municipality", "Damulog", "--yes"),
    "community add": () => cli(database, "community", "add", "Buenavista, Baungon", "households=4"),
    "community set": () =>
      cli(database, "community", "set", "Aludas, Damulog", "mosques_count=", "settlement_type=", "obc_id=", "notes=x"),
    "community archive": () => cli(database, "community", "archive", "Aludas, Damulog"),
    "community remove": () => cli(database, "community", "remove", "Aludas, Damulog", "--yes"),
    "coverage archive": () => cli(database, "coverage", "archive", "Damulog"),
    "coverage restore": () => cli(database, "coverage", "restore", "Kalilangan"),
    "coverage manual": () => cli(database, "coverage", "manual", "Damulog"),
    "coverage manual of a unit without one": () => cli(database, "coverage", "manual", "Kolambugan"),
    "coverage set": () => cli(database, "coverage", "set", "Cabanglasan", "households=3", "existing_support_programs="),
    "coverage auto": () => cli(database, "coverage", "auto", "Cabanglasan"),
    "coverage auto of a province": () => cli(database, "coverage", "auto", "Zamboanga del Sur"),
    "texts that the library is given empty": () =>
      library.updateCommunity(database.knex, "Aludas, Damulog", { notes: "", obc_id: "" }),
    "a sync": async () => {
      await database.rows("update communities_obc_community set households = 5 where households is not null");
      return cli(database, "sync");
    },
  };

  /** Without the values that a new community has by itself. */
  const given = (changes: ReturnType<typeof differences>) =>
    changes.map((change) => {
      if (change.level !== "community" || change.action === "updated") return change;
      const fields = Object.entries(change.fields).filter(([column]) => !FILLED.includes(column));
      return { ...change, fields: Object.fromEntries(fields) };
    });

  it.each(Object.keys(OPERATIONS))("have exactly what differs, and are taken back: %s", async (name) => {
    if (name === "a sync")
      await database.rows("update communities_obc_community set households = 5 where households is not null");
    const [was, wasWhole] = [await unitStates(database, OBCMS), await wholeRows(database)];
    await OPERATIONS[name]?.();
    const is: UnitStates = await unitStates(database, OBCMS);
    const changes = differences(was, is);
    expect(changes).not.toEqual([]);
    const { run, changes: kept } = documentOf<ShownRun>(await cli(database, "history", "show", "2"));
    expect(run.counts).toEqual(countsOf(changes));
    expect(given(kept.map(({ level, code, action, fields }) => ({ level, code, action, fields })))).toEqual(
      given(changes),
    );

    await cli(database, "revert", "2");
    expect(await unitStates(database, OBCMS)).toEqual(was);
    expect(Object.keys(await wholeRows(database))).toEqual(Object.keys(wasWhole));
    await cli(database, "revert", "3");
    expect(await unitStates(database, OBCMS)).toEqual(is);
    if (name !== "coverage auto of a province") await expectObcmsInStep(database);
  });

  it("that created communities are taken back without a trace in any other row", async () => {
    const created = file("BUKIDNON_DAMULOG_KIRAON,,30,,,by the sea", "LANAO_DEL_NORTE_KOLAMBUGAN_BAYBAY,,4,,,");
    const before = await wholeRows(database);
    await cli(database, "import", "communities", created);
    const preview = documentOf<RevertDocument>(await cli(database, "revert", "2", "--dry-run"));
    const reverted = documentOf<RevertDocument>(await cli(database, "revert", "2"));
    expect(preview.changes).toEqual(reverted.changes);
    expect(reverted.changes.map(({ level, code, action }) => `${action} ${level} ${code}`)).toEqual([
      "removed community BUKIDNON_DAMULOG_KIRAON",
      "removed community LANAO_DEL_NORTE_KOLAMBUGAN_BAYBAY",
      "updated municipality BUKIDNON_DAMULOG",
      "removed municipality LANAO_DEL_NORTE_KOLAMBUGAN",
      "updated province BUKIDNON",
      "updated province LANAO_DEL_NORTE",
    ]);
    expect(await wholeRows(database)).toEqual(before);
  });

  it("that removed a community bring every column of it back, also those that a later version of OBCMS has", async () => {
    const isPostgres = database.kind === "postgres";
    const added: Array<[string, string, string]> = isPostgres
      ? [
          ["extra", "jsonb", `'{"b": [1, 2.50, "ñ"], "a": null}'`],
          ["tags", "text[]", `'{"a,b",NULL,"q\\"q"}'`],
          ["area", "numeric(30,12)", "12345678901234567.123456789012"],
          ["big", "bigint", "9007199254740993"],
          ["reference", "uuid", "'6f2e1d0c-1a2b-4c3d-8e4f-5a6b7c8d9e0f'"],
          ["span", "interval", "'1 mon 02:03:04.5'"],
          ["picture", "bytea", "'\\x00ff10'"],
          ["seen_at", "timestamptz", "'2026-01-02 03:04:05.678901+08'"],
          ["clock", "time", "'23:59:59.000001'"],
          ["Odd Name", "double precision", "0.1"],
        ]
      : [
          ["extra", "text", `'{"b": [1, 2.50, "ñ"], "a": null}'`],
          ["area", "decimal", "12345.5"],
          ["big", "bigint", "9007199254740991"],
          ["reference", "char(32)", "'00123'"],
          ["seen_at", "datetime", "'2026-01-02 03:04:05.678901'"],
          ["Odd Name", "real", "0.1"],
        ];
    for (const [name, type] of added) {
      await database.rows(`alter table communities_obc_community add column "${name}" ${type}`);
    }
    const barangay = "(select id from common_barangay where code = 'BUKIDNON_DAMULOG_ALUDAS')";
    const set = [
      ...added.map(([name, , value]) => `"${name}" = ${value}`),
      "established_year = 1950, needs_assessment_date = '2025-02-03', leader_contact = '0917', latitude = 7.123456789012345",
      `origin_story = 'It''s "old": ${"ñ".repeat(3)}\n\tend', is_active = false`,
    ];
    await database.rows(`update communities_obc_community set ${set.join(", ")} where barangay_id = ${barangay}`);
    for (const archived of [false, true]) {
      if (archived) {
        await cli(database, "community", "archive", "Aludas, Damulog");
        await database.rows(`update communities_obc_community set deleted_by_id = 7 where barangay_id = ${barangay}`);
      }
      const before = await wholeRows(database);
      await cli(database, "community", "remove", "Aludas, Damulog", "--yes");
      expect(await wholeRows(database)).not.toEqual(before);
      await cli(database, "revert", "--last");
      expect(await wholeRows(database)).toEqual(before);
    }
    await expectObcmsInStep(database);
  });

  it("in which several communities came back, in one statement", async () => {
    await importing();
    const after = await wholeRows(database);
    await cli(database, "revert", "2");
    await cli(database, "revert", "3");
    const withoutTimes = (rows: Record<string, unknown>) =>
      JSON.stringify(rows, null, 1).replaceAll(/"updated_at\\?": ?\\?"[^"\\]*/g, "updated_at");
    expect(withoutTimes(await wholeRows(database)) === withoutTimes(after)).toBe(true);
    await expectObcmsInStep(database);
  });

  it("are not taken back where somebody has worked on a new row in OBCMS, in a column that the program does not know", async () => {
    await cli(database, "import", "communities", file("LANAO_DEL_NORTE_KOLAMBUGAN_BAYBAY,,4,,,"));
    await database.rows(
      `update communities_obc_community set leader_contact = '0917' where barangay_id =
        (select id from common_barangay where code = 'LANAO_DEL_NORTE_KOLAMBUGAN_BAYBAY')`,
    );
    const before = await wholeRows(database);
    const refused = await errorOf(database, "revert", "2");
    expect(refused).toMatchObject({ code: "RUN_OVERTAKEN" });
    expect(refused.message).toContain("leader_contact has been changed since, by another program");
    expect(await wholeRows(database)).toEqual(before);
  });
});
