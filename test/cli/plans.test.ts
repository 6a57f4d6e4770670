import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { onEveryDatabase, type TestDatabase } from "../helpers/databases.ts";
import { documentOf, type ErrorDocument } from "../helpers/documents.ts";
import { temporaryFolder, written } from "../helpers/temporary-folder.ts";

interface Change {
  level: string;
  code: string;
  action: string;
  fields: Record<string, { before: unknown; after: unknown }>;
}

interface ChangesDocument {
  changes: Change[];
  run: number | null;
}

const [BALINTAD, IMBATUG, BAUNGON] = ["1001301001", "1001301005", "1001301000"];

const households = (database: TestDatabase) =>
  database.rows<{ code: string; households: number }>(
    `select b.code, c.households from obc_communities c join barangays b on b.id = c.barangay_id
      union all
     select m.code, v.households from municipality_coverages v join municipalities m on m.id = v.municipality_id
      order by code`,
  );

const list = (...rows: string[]) => written("list.csv", "barangay_code,households,notes", ...rows);

onEveryDatabase("a saved plan", (database) => {
  const saveImport = async (...rows: string[]) => {
    const [file, plan] = [list(...rows), join(temporaryFolder(), "plan.json")];
    const saved = await database.obcSync(["import", "communities", file, "--plan-out", plan, "--json"]);
    rmSync(file);
    return { plan, ...documentOf<ChangesDocument>(saved) };
  };
  const refusal = async (...args: string[]) => {
    const before = await households(database);
    const result = await database.obcSync([...args, "--json"]);
    expect(result.exitCode).toBe(1);
    expect(await households(database)).toEqual(before);
    return documentOf<ErrorDocument>(result).error;
  };

  it("of an import writes nothing, and is applied without the file", async () => {
    await database.obcSync(["community", "add", BALINTAD, "households=20"]);
    const { plan, changes } = await saveImport(`${BALINTAD},30,"ñ, ""a"""`, `${IMBATUG},7,`);
    expect(await households(database)).toEqual([
      { code: BAUNGON, households: 20 },
      { code: BALINTAD, households: 20 },
    ]);
    const applied = documentOf<ChangesDocument>(await database.obcSync(["apply", plan, "--json"]));
    expect(applied.changes).toEqual(changes);
    expect(await households(database)).toEqual([
      { code: BAUNGON, households: 37 },
      { code: BALINTAD, households: 30 },
      { code: IMBATUG, households: 7 },
    ]);
    expect(await database.rows("select notes from obc_communities where notes is not null")).toEqual([
      { notes: 'ñ, "a"' },
    ]);
    expect((await database.obcSync(["verify"])).exitCode).toBe(0);
    const shown = documentOf<ChangesDocument>(
      await database.obcSync(["history", "show", String(applied.run), "--json"]),
    );
    expect(shown.changes).toEqual(changes);
  });

  it.each([[["sync"]], [["sync", "--changed"]]])("of %j does what its dry run shows", async (sync) => {
    await database.rows(
      "insert into obc_communities (barangay_id, households) select id, 4 from barangays where code = ?",
      BALINTAD,
    );
    const plan = join(temporaryFolder(), "plan.json");
    const { changes } = documentOf<ChangesDocument>(await database.obcSync([...sync, "--plan-out", plan, "--json"]));
    expect(await database.rows("select * from municipality_coverages")).toEqual([]);
    const applied = documentOf<ChangesDocument>(await database.obcSync(["apply", plan, "--json"]));
    expect(applied.changes).toEqual(changes);
    expect(changes.map(({ level, action }) => `${level} ${action}`)).toEqual([
      "municipality created",
      "province created",
    ]);
    expect((await database.obcSync(["verify"])).exitCode).toBe(0);
    expect(await database.rows("select * from obc_sync_change_log")).toEqual([]);
  });

  it("of a revert takes the run back", async () => {
    await database.obcSync(["community", "add", BALINTAD, "households=20"]);
    await database.obcSync(["community", "remove", BALINTAD, "--yes"]);
    const plan = join(temporaryFolder(), "plan.json");
    await database.obcSync(["revert", "--last", "--plan-out", plan]);
    expect(await database.rows("select * from obc_communities")).toEqual([]);
    expect((await database.obcSync(["apply", plan])).exitCode).toBe(0);
    expect(await households(database)).toEqual([
      { code: BAUNGON, households: 20 },
      { code: BALINTAD, households: 20 },
    ]);
    const { runs } = documentOf<{ runs: Array<{ command: string; reverts: number | null }> }>(
      await database.obcSync(["history", "--json"]),
    );
    expect(runs[0]).toMatchObject({ command: "revert", reverts: 2 });
  });

  it.each([
    [
      "the code of the place",
      "update barangays set code = '1001301999' where code = '1001301001'",
      "its place has the code 1001301999 now",
    ],
    ["a value that it changes", "update obc_communities set households = 21", "households has been changed since"],
    ["a community that it changes and that is gone", "delete from obc_communities", "it has been removed since"],
    [
      "another community of the municipality",
      `insert into obc_communities (barangay_id, households) select id, 5 from barangays where code = '1001301002'`,
      "households would change otherwise now",
    ],
  ])("is stale after a change to %s, which names the first unit", async (_, statement, reason) => {
    await database.obcSync(["community", "add", BALINTAD, "households=20"]);
    const { plan } = await saveImport(`${BALINTAD},30,`);
    await database.rows(statement);
    const { code, message } = await refusal("apply", plan);
    expect(code).toBe("PLAN_STALE");
    expect(message).toContain(reason);
    expect(message).toMatch(/Balintad, Baungon, Bukidnon \(1001301001\)|Baungon, Bukidnon \(1001301000\)/);
  });

  it.each([
    [
      "--no-sync",
      "update barangays set name = 'New' where code = '1001301001'",
      "its place is New, Baungon, Bukidnon now",
    ],
    [
      "--no-sync",
      `update barangays set municipality_id = (select id from municipalities where code = '1001302000')
        where code = '1001301001'`,
      "its place is Balintad, Damulog, Bukidnon now",
    ],
    [
      "--no-provinces",
      `update municipalities set province_id = (select id from provinces where code = '1001800000')
        where code = '1001301000'`,
      "its place is Baungon, ",
    ],
  ])("of %s is stale after a place was renamed or moved: %s", async (flag, statement, reason) => {
    await database.obcSync(["community", "add", BALINTAD, "households=20"]);
    const [file, plan] = [list(`${BALINTAD},30,`), join(temporaryFolder(), "plan.json")];
    if (flag === "--no-provinces") await database.rows("update obc_communities set households = 30");
    const command = flag === "--no-sync" ? ["import", "communities", file] : ["sync"];
    await database.obcSync([...command, flag, "--plan-out", plan]);
    await database.rows(statement);
    const { code, message } = await refusal("apply", plan);
    expect([code, message]).toEqual(["PLAN_STALE", expect.stringContaining(reason)]);
  });

  it("is refused with the unit and the value if it was edited and has a new digest", async () => {
    const { plan } = await saveImport(`${BALINTAD},30,`);
    const [body = ""] = readFileSync(plan, "utf8").split(',\n  "digest"');
    for (const [from, to, reason] of [
      ["[null,30]", "[null,-30]", "community Balintad, Baungon, Bukidnon (1001301001): households cannot be -30"],
      ['"households":[null,30]', '"constructor":[null,30]', 'there is no column "constructor"'],
      ['"community"', '"barangay"', 'change 1: level cannot be "barangay"'],
      [
        /"sync": \{[\s\S]*?\n {2}\}/,
        '"sync": null',
        "municipality Baungon, Bukidnon (1001301000) is changed by no sync",
      ],
      ['"formatVersion": 1', '"formatVersion": 2', "has the format version 2"],
      ["{", "[", "is not as it was written"],
    ] as const) {
      const edited = body.replace(from, to);
      expect(edited).not.toBe(body);
      const digest = createHash("sha256").update(edited).digest("hex");
      writeFileSync(plan, `${edited},\n  "digest": "${digest}"\n}\n`);
      expect((await refusal("apply", plan)).message).toContain(reason);
    }
    const shown = await database.obcSync(["plan", "show", plan]);
    expect([shown.exitCode, shown.stderr]).toEqual([1, expect.not.stringContaining(" at ")]);
  });

  it("is stale when it has been applied, and after a change that its sync would make otherwise", async () => {
    const { plan } = await saveImport(`${BALINTAD},30,`);
    await database.obcSync(["apply", plan]);
    expect((await refusal("apply", plan)).message).toContain("it has been added since");
  });

  it("is refused if it was edited, cut off, or is something else", async () => {
    const { plan } = await saveImport(`${BALINTAD},30,`);
    const text = readFileSync(plan, "utf8");
    for (const other of [text.replace("[null,30]", "[null,31]"), text.slice(0, -40), `${text} `]) {
      writeFileSync(plan, other);
      expect((await refusal("apply", plan)).message).toContain("it has been edited or cut off");
    }
    expect((await refusal("apply", list(`${BALINTAD},30,`))).message).toContain("is not a plan of obc-sync");
    expect((await refusal("apply", `${plan}.gone`)).message).toContain("there is no file");
  });

  it("is refused for another database, and holds no password", async () => {
    const { plan } = await saveImport(`${BALINTAD},30,`);
    const { password } = database.kind === "postgres" ? new URL(database.location) : { password: "" };
    if (password !== "") expect(readFileSync(plan, "utf8")).not.toContain(`:${password}@`);
    await database.reset();
    const { code, message } = await refusal("apply", plan);
    expect(code).toBe("PLAN_FOREIGN");
    expect(message).toContain("the plan was made for another database");
  });

  it("is shown without a database", async () => {
    const { plan, changes } = await saveImport(`${BALINTAD},30,`);
    const shown = await database.obcSync(["plan", "show", plan, "--database", "/nowhere/at/all"]);
    expect(shown.exitCode).toBe(0);
    expect(shown.stdout).toContain("+ Would create: Balintad, Baungon, Bukidnon   households 30");
    const document = documentOf<ChangesDocument & { plan: { command: string } }>(
      await database.obcSync(["plan", "show", plan, "--json"]),
    );
    expect(document.plan.command).toBe("import");
    expect(document.changes).toEqual(changes);
  });

  it("replaces no file unless asked, and is not written where bad rows prevent the import", async () => {
    const [file, plan] = [list(`${BALINTAD},30,`), written("plan.json", "mine")];
    const refused = await database.obcSync(["import", "communities", file, "--plan-out", plan]);
    expect([refused.exitCode, readFileSync(plan, "utf8")]).toEqual([1, "mine\n"]);
    const replaced = await database.obcSync(["import", "communities", file, "--plan-out", plan, "--overwrite"]);
    expect([replaced.exitCode, readFileSync(plan, "utf8").includes("obc-sync plan")]).toEqual([0, true]);
    const bad = join(temporaryFolder(), "bad.json");
    const rejected = await database.obcSync(["import", "communities", list(`${BALINTAD},many,`), "--plan-out", bad]);
    expect(rejected.exitCode).toBe(3);
    expect(() => readFileSync(bad)).toThrow(/ENOENT/);
  });
});
