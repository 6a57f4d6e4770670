/** What an import changes, by value: before it is written, in its report, and in the history. */
import { expect, it } from "vitest";
import { onEveryDatabase } from "../../helpers/databases.ts";
import { type ChangeDocument, documentOf, type RevertDocument, type ShownRun } from "../../helpers/documents.ts";
import { addCommunity, digest } from "../../helpers/plain-sql.ts";
import { runRecorded } from "../../helpers/sent-statements.ts";
import { written } from "../../helpers/temporary-folder.ts";
import { differences, unitStates } from "../../helpers/unit-changes.ts";

interface ImportDocument {
  created: number;
  updated: number;
  unchanged: number;
  rejected: number;
  changes: ChangeDocument[];
  run: number | null;
}

const HEADER = "barangay_code,households,women_count,latitude,notes";

/** Two changed communities, one as it is stored, and a new one. */
const LINES = [
  "1001302001,20,4,7.123456789012345,",
  '1001302002,10,,,\'ñ\' \\ ""x""',
  "1001302003,10,4,,",
  "1001301002,40,6,,new",
];

onEveryDatabase("the changes of an import", (database) => {
  const prepare = async () => {
    for (const code of ["1001302001", "1001302002", "1001302003", "1001302005", "1001301001"]) {
      await addCommunity(database, code, { households: 10, women_count: 4 });
    }
    await database.obcSync(["sync"]);
  };
  const imported = async (lines: readonly string[], ...flags: string[]) => {
    const file = written("list.csv", HEADER, ...lines);
    const result = await database.obcSync(["import", "communities", file, "--json", ...flags]);
    return { exitCode: result.exitCode, ...documentOf<ImportDocument>(result) };
  };

  const BAD = ["1001302006,many,,,", "1001399999,1,,,"];

  it.each([
    { lines: LINES, flags: [], exitCode: 0 },
    { lines: LINES, flags: ["--no-sync"], exitCode: 0 },
    { lines: LINES, flags: ["--blank", "clear"], exitCode: 0 },
    { lines: LINES, flags: ["--on-conflict", "skip"], exitCode: 0 },
    { lines: [...LINES, "1001302006,,,,"], flags: ["--create-empty"], exitCode: 0 },
    { lines: [...LINES, ...BAD], flags: ["--skip-invalid"], exitCode: 3 },
    { lines: LINES, flags: ["--archive-missing", "--province", "Bukidnon", "--yes"], exitCode: 0 },
  ])("are the same before, after and in the history: $flags", async ({ lines, flags, exitCode }) => {
    await prepare();
    const before = { digest: await digest(database), units: await unitStates(database) };
    const preview = await imported(lines, ...flags, "--dry-run");
    expect(await digest(database)).toBe(before.digest);
    const done = await imported(lines, ...flags);
    expect([preview.exitCode, done.exitCode, preview.run, done.run]).toEqual([exitCode, exitCode, null, 2]);
    expect(done.changes).toEqual(preview.changes);
    const shown = documentOf<ShownRun>(await database.obcSync(["history", "show", "2", "--json"]));
    expect(shown.changes).toEqual(done.changes);

    const expected = differences(before.units, await unitStates(database));
    expect(done.changes.map(({ level, code, action, fields }) => ({ level, code, action, fields }))).toEqual(expected);
    const communities = expected.filter(({ level }) => level === "community");
    expect(communities.filter(({ action }) => action === "created")).toHaveLength(done.created);
  });

  it("name each unit and the units above it, communities first", async () => {
    await prepare();
    const { changes } = await imported(LINES, "--dry-run");
    expect(changes.map(({ fields: _, ...unit }) => unit)).toEqual([
      {
        ...{ level: "community", code: "1001301002", name: "Buenavista", parent: "Baungon", province: "Bukidnon" },
        action: "created",
      },
      {
        ...{ level: "community", code: "1001302001", name: "Aludas", parent: "Damulog", province: "Bukidnon" },
        action: "updated",
      },
      {
        ...{ level: "community", code: "1001302002", name: "Angga-an", parent: "Damulog", province: "Bukidnon" },
        action: "updated",
      },
      { level: "municipality", code: "1001301000", name: "Baungon", parent: "Bukidnon", action: "updated" },
      { level: "municipality", code: "1001302000", name: "Damulog", parent: "Bukidnon", action: "updated" },
      {
        ...{ level: "province", code: "1001300000", name: "Bukidnon", parent: "Region X (Northern Mindanao)" },
        action: "updated",
      },
    ]);
    expect(changes[1]?.fields).toEqual({
      households: { before: 10, after: 20 },
      latitude: { before: null, after: 7.123456789012345 },
    });
    expect(changes[2]?.fields).toEqual({ notes: { before: null, after: '\'ñ\' \\ ""x""' } });
    expect(changes[4]?.fields).toEqual({ households: { before: 40, after: 50 } });
  });

  it("are shown in text with both values, before they are written and after", async () => {
    await prepare();
    const file = written("list.csv", HEADER, ...LINES);
    const lines = [
      "  + Buenavista, Baungon, Bukidnon   households 40, women_count 6, notes new",
      "  ~ Aludas, Damulog, Bukidnon   households 10 → 20, latitude none → 7.123456789012345",
      "  ~ Damulog, Bukidnon   households 40 → 50",
      "  ~ Bukidnon, Region X (Northern Mindanao)   total_obc_communities 5 → 6, households 50 → 100, women_count 20 → 26",
    ];
    const preview = await database.obcSync(["import", "communities", file, "--dry-run"]);
    const done = await database.obcSync(["import", "communities", file]);
    for (const { stdout } of [preview, done]) for (const line of lines) expect(stdout).toContain(`${line}\n`);
    expect(preview.stdout).toMatch(/\nDry run: nothing was written\.\n$/);
    expect(done.stdout).toMatch(/\nRun 2: obc-sync history show 2, and obc-sync revert 2 takes it back\.\n$/);
    const again = await database.obcSync(["import", "communities", file]);
    expect(again.stdout).not.toMatch(/revert|~|\+ /);
  });

  it("are none where bad rows prevent the import, or nothing differs", async () => {
    await prepare();
    const refused = await imported([...LINES, ...BAD]);
    expect(refused).toMatchObject({ exitCode: 3, changes: [], run: null, rejected: 2 });
    expect(await imported(["1001302003,10,4,,"])).toMatchObject({ exitCode: 0, changes: [], run: 2, unchanged: 1 });
  });

  it("are taken back as a whole", async () => {
    await prepare();
    const before = await unitStates(database);
    const { changes } = await imported(LINES, "--archive-missing", "--province", "Bukidnon", "--yes");
    const reverted = documentOf<RevertDocument>(await database.obcSync(["revert", "2", "--json"]));
    const opposite = { created: "removed", removed: "created", updated: "updated" } as const;
    expect(reverted.changes.map(({ code, action }) => [code, action])).toEqual(
      changes.map(({ code, action }) => [code, opposite[action]]),
    );
    expect(await unitStates(database)).toEqual(before);
  });

  it("cost three statements, however many they are", async () => {
    await prepare();
    const all = await database.rows<{ code: string }>("select code from barangays where code like '10%' order by code");
    expect(all.length).toBeGreaterThan(1000);
    const kept = (sent: readonly string[]) =>
      sent.filter((sql) => /insert into obc_sync_run|from obc_sync_run_values/.test(sql)).length;
    const list = (rows: number, more: number) => {
      const lines = all.slice(0, rows).map(({ code }, index) => `${code},${index + more},,,`);
      return written(`${rows}.csv`, HEADER, ...lines);
    };
    await database.obcSync(["import", "communities", list(all.length, 1000)]);
    const [small, large] = [list(100, 1001), list(all.length, 1002)];
    const sent: string[][] = [];
    for (const file of [small, large]) {
      const recorded = await runRecorded(database, ["import", "communities", file]);
      expect(recorded.result.exitCode).toBe(0);
      sent.push(recorded.sent);
    }
    // What it changed in communities, in coverages, the run itself; and reading the changes for the report.
    expect(sent.map(kept)).toEqual([4, 4]);
    expect(sent[0]?.length).toBe(sent[1]?.length);
  });
});
