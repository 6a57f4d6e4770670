import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { databaseUrl, onServer } from "../../helpers/database-templates.ts";
import { onEveryDatabase, type TestDatabase, useDatabase } from "../../helpers/databases.ts";
import { documentOf, type SyncDocument } from "../../helpers/documents.ts";
import { digest } from "../../helpers/plain-sql.ts";

/** Changes of every kind: a coverage to create, some to update, one to set to 0. */
async function disturb(database: TestDatabase): Promise<void> {
  await database.rows("update obc_communities set households = coalesce(households, 0) + 3 where barangay_id % 5 = 0");
  await database.rows(`delete from municipality_coverages where municipality_id =
    (select min(municipality_id) from municipality_coverages)`);
  await database.rows(`update obc_communities set is_deleted = true where barangay_id in
    (select b.id from barangays b where b.municipality_id = (select max(municipality_id) from municipality_coverages))`);
}

onEveryDatabase(
  "sync --dry-run",
  (database) => {
    it("shows exactly what the next run does", async () => {
      await disturb(database);
      const before = await digest(database);
      const preview = documentOf<SyncDocument>(await database.obcSync(["sync", "--dry-run", "--json"]));
      expect(await digest(database)).toBe(before);

      const run = documentOf<SyncDocument>(await database.obcSync(["sync", "--json"]));
      expect(preview.dryRun).toBe(true);
      expect(run.dryRun).toBe(false);
      expect(preview.changes.map(({ action }) => action)).toContain("created");
      expect(run.changes).toEqual(preview.changes);
      expect([run.municipalities, run.provinces]).toEqual([preview.municipalities, preview.provinces]);
      expect(await digest(database)).not.toBe(before);
    });

    it("shows in text what would be done, and that nothing was written", async () => {
      await disturb(database);
      const { stdout } = await database.obcSync(["sync", "--dry-run"]);
      expect(stdout).toMatch(/^Found \d+ municipalities with barangay OBCs\n/);
      expect(stdout).toContain("  + Would create: ");
      expect(stdout).toMatch(/ {2}~ Would update: .*households [\d,]+ → [\d,]+/);
      expect(stdout.trimEnd().split("\n").at(-1)).toBe("Dry run: nothing was written.");
    });

    it("--detailed-exitcode exits 2 if there is something to do, and 0 if not", async () => {
      const run = () => database.obcSync(["sync", "--dry-run", "--detailed-exitcode"]);
      expect(await run()).toMatchObject({ exitCode: 0 });
      await disturb(database);
      expect(await run()).toMatchObject({ exitCode: 2 });
      expect(await database.obcSync(["sync", "--dry-run"])).toMatchObject({ exitCode: 0 });
      expect(await database.obcSync(["sync", "--detailed-exitcode"])).toMatchObject({ exitCode: 1 });
    });
  },
  { stage: "example" },
);

describe("on SQLite", () => {
  const database = useDatabase("sqlite", { stage: "example" });

  it.each([["sync", "--dry-run"], ["verify"], ["history"], ["migrate", "--status"]])(
    "%s %s does not change a byte of the file",
    async (...args) => {
      await disturb(database);
      await database.knex.destroy();
      const before = await readFile(database.location);
      await database.obcSync(args);
      expect((await readFile(database.location)).equals(before)).toBe(true);
    },
  );
});

describe("on PostgreSQL", () => {
  const database = useDatabase("postgres", { stage: "example" });

  it("a role that may only SELECT can dry-run and verify, and gets a clear error when it tries to write", async () => {
    await disturb(database);
    const role = `reader_${basename(new URL(database.location).pathname)}`;
    await onServer(database.location, `create role ${role} login password 'only-reads'`);
    await onServer(database.location, `grant select on all tables in schema public to ${role}`);
    const url = new URL(databaseUrl(database.location, basename(new URL(database.location).pathname)));
    url.username = role;
    url.password = "only-reads";
    try {
      const asReader = (...args: string[]) => database.obcSync(args, { database: url.toString() });
      const preview = documentOf<SyncDocument>(await asReader("sync", "--dry-run", "--json"));
      expect(preview.changes.length).toBeGreaterThan(10);
      expect(await asReader("verify")).toMatchObject({ exitCode: 2, stderr: "" });

      const before = await digest(database);
      const refused = await asReader("sync");
      expect(refused).toMatchObject({ exitCode: 1, stdout: "" });
      expect(refused.stderr).toMatch(/^error: .*permission denied for table municipality_coverages\nhint: .*\n$/);
      expect(await digest(database)).toBe(before);
    } finally {
      await onServer(database.location, `drop owned by ${role}`);
      await onServer(database.location, `drop role ${role}`);
    }
  });
});
