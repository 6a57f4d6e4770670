import { expect, it } from "vitest";
import { onEveryDatabase } from "../helpers/databases.ts";
import { documentOf, type ErrorDocument } from "../helpers/documents.ts";

interface RecordDocument {
  action: string;
  changes: Array<{ level: string; code: string; fields: Record<string, { before: unknown; after: unknown }> }>;
  fields: Record<string, { before: unknown; after: unknown }>;
  queries: Record<"read" | "write" | "bookkeeping" | "control", number>;
}

onEveryDatabase("one community", (database) => {
  const total = ({ queries }: RecordDocument) => Object.values(queries).reduce((sum, count) => sum + count, 0);

  // BEGIN and COMMIT included. SQLite has no statement that both takes its lock and reads the migrations.
  const most = database.kind === "sqlite" ? 11 : 10;

  it(`is changed with its coverages in at most ${most} statements, and no other unit's row changes`, async () => {
    await database.rows(
      "insert into obc_communities (barangay_id, households) select id, 20 from barangays where code like '10013%'",
    );
    await database.obcSync(["sync"]);
    await database.rows("update municipality_coverages set updated_at = '2000-01-01T00:00:00.000Z'");
    await database.rows("update province_coverages set updated_at = '2000-01-01T00:00:00.000Z'");
    // PostgreSQL's triggers log any change to a coverage by somebody else.
    await database.rows("delete from obc_sync_change_log");

    const steps = [
      ["community", "set", "1001301001", "households=33"],
      ["community", "archive", "1001301001"],
      ["community", "restore", "1001301001"],
      ["community", "remove", "1001301001", "--yes"],
      ["community", "add", "Balintad, Baungon", "households=7", "women_count=3"],
    ];
    for (const step of steps) {
      const report = documentOf<RecordDocument>(await database.obcSync([...step, "--json"]));
      expect(total(report), step.join(" ")).toBeLessThanOrEqual(most);
      expect(report.changes.map(({ code }) => code)).toEqual(["1001301000", "1001300000"]);
    }
    const touched = await database.rows<{ code: string }>(
      `select code from municipality_coverages v join municipalities u on u.id = v.municipality_id
        where v.updated_at > '2001-01-01' union all
       select code from province_coverages v join provinces u on u.id = v.province_id
        where v.updated_at > '2001-01-01' order by code`,
    );
    expect(touched.map(({ code }) => code)).toEqual(["1001300000", "1001301000"]);
    expect((await database.obcSync(["verify"])).exitCode).toBe(0);
    expect(await database.rows("select * from obc_sync_change_log")).toEqual([]);
  });

  it("is refused, with the command to use instead", async () => {
    const cases: Array<[string[], RegExp]> = [
      [["community", "set", "1001301001", "households=1"], /has no community[\s\S]*community add 1001301001/],
      [["community", "add", "1001301001", "households=-1"], /households: "-1": a figure cannot be negative/],
      [["community", "add", "1001301001", "house=1"], /unknown field "house"/],
      [["community", "add", "1001301001", "latitude=0x10"], /latitude: "0x10": latitude must be in decimal degrees/],
      [["community", "add", "1001301001", "longitude=1e2"], /longitude: "1e2": longitude must be in decimal degrees/],
      [["community", "add", "1001399999", "households=1"], /no barangay has the code or name "1001399999"/],
      [["community", "show", "Poblacion"], /barangays are named "Poblacion"/],
      [["community", "remove", "1001301001"], /has no community|nothing was removed/],
      [["community", "set", "1001301001"], /nothing to set/],
    ];
    for (const [args, message] of cases) {
      const result = await database.obcSync(args);
      expect(result.exitCode, args.join(" ")).toBe(1);
      expect(result.stderr).toMatch(message);
      expect(result.stderr).not.toMatch(/\n\s+at /);
    }
  });

  it.each([
    ["Sta. Elena, Iligan City", "1030900021"],
    ["BRGY. STO. ROSARIO, Iligan, Lanao del Norte", "1030900036"],
    ["saray, city of iligan", "1030900026"],
    ["Barangay Balintad, Bukidnon", "1001301001"],
    ["Balintad, Baungon, Bukidnon", "1001301001"],
  ])("is found as %s", async (reference, code) => {
    const shown = await database.obcSync(["community", "show", reference, "--json"]);
    expect(documentOf(shown)).toMatchObject({ community: { code } });
  });

  it.each([
    ["Sta. Elena, Bukidnon", "UNIT_UNKNOWN"],
    ["Sta. Elenna, Iligan City", "UNIT_UNKNOWN"],
    ["Pob., Bukidnon", "UNIT_AMBIGUOUS"],
    ["balintad", "UNIT_AMBIGUOUS"],
  ])("is not guessed from %s", async (reference, code) => {
    const shown = await database.obcSync(["community", "show", reference, "--json"]);
    expect(shown.exitCode).toBe(1);
    expect(documentOf<ErrorDocument>(shown).error.code).toBe(code);
  });

  it("is kept if the removal is not confirmed", async () => {
    await database.obcSync(["community", "add", "1001301001", "households=1"]);
    const result = await database.obcSync(["community", "remove", "1001301001"]);
    expect(result.exitCode).toBe(1);
    expect(result.stderr).toMatch(/--yes/);
    expect(await database.rows("select barangay_id from obc_communities")).toHaveLength(1);
  });
});

onEveryDatabase("one coverage", (database) => {
  async function prepare() {
    await database.rows(
      "insert into obc_communities (barangay_id, households) select id, 20 from barangays where code in ('1001301001', '1030901001', '1030900001')",
    );
    await database.obcSync(["sync"]);
  }

  it("refuses figures while it is automatic, accepts them while it is manual, and is recalculated when automatic again", async () => {
    await prepare();
    const refused = await database.obcSync(["coverage", "set", "Baungon", "households=5"]);
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toMatch(/automatic[\s\S]*coverage manual 1001301000/);

    await database.obcSync(["coverage", "manual", "Baungon"]);
    const set = documentOf<RecordDocument>(
      await database.obcSync(["coverage", "set", "Baungon", "households=5000000000", "--json"]),
    );
    expect(set.fields).toEqual({ households: { before: 20, after: 5_000_000_000 } });
    expect(set.changes[0]).toMatchObject({ code: "1001300000", fields: { households: { before: 20, after: 5e9 } } });

    const auto = documentOf<RecordDocument>(await database.obcSync(["coverage", "auto", "Baungon", "--json"]));
    expect(auto.changes.map(({ code, fields }) => [code, fields.households?.after])).toEqual([
      ["1001301000", 20],
      ["1001300000", 20],
    ]);
  });

  it("shows what the level below accounts for", async () => {
    await prepare();
    await database.obcSync(["coverage", "manual", "Baungon"]);
    await database.obcSync(["coverage", "set", "Baungon", "households=80"]);
    const shown = documentOf<{ reconciliation: Array<{ field: string }> }>(
      await database.obcSync(["coverage", "show", "Baungon", "--json"]),
    );
    expect(shown.reconciliation.find(({ field }) => field === "households")).toEqual({
      field: "households",
      total: 80,
      attributed: 20,
      unattributed: 60,
      attributionRate: 0.25,
    });
  });

  it("asks for the level if a code belongs to a city and its province-level unit", async () => {
    await prepare();
    const ambiguous = await database.obcSync(["coverage", "show", "1030900000"]);
    expect(ambiguous.exitCode).toBe(1);
    expect(ambiguous.stderr).toMatch(/--level municipality or --level province/);
    expect((await database.obcSync(["coverage", "show", "1030900000", "--level", "province"])).exitCode).toBe(0);
  });
});
