import { randomBytes } from "node:crypto";
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { StatusReport } from "../../../src/index.ts";
import { status } from "../../../src/index.ts";
import { onEveryDatabase, type TestDatabase, useDatabase } from "../../helpers/databases.ts";
import { documentOf } from "../../helpers/documents.ts";
import { onEveryObcms } from "../../helpers/obcms/make-obcms.ts";
import { digest } from "../../helpers/plain-sql.ts";
import { type PrometheusSample, parsePrometheusText } from "../../helpers/prometheus-text.ts";
import { runCli } from "../../helpers/run-cli.ts";
import { temporaryFolder } from "../../helpers/temporary-folder.ts";
import { choosePlace, hoursAgo } from "./faults/fault.ts";

interface StatusDocument {
  healthy: boolean;
  error: { code: string; message: string; hint: string } | null;
  schema: string;
  migrations: { applied: string[]; pending: string[] };
  contents: NonNullable<StatusReport["contents"]> & { lastCheck: string; lastCheckAgeSeconds: number };
  problems: Array<{ kind: string; message: string; remedy: string }>;
  next: string | null;
}

async function statusOf(database: TestDatabase, ...flags: string[]) {
  const result = await database.obcSync(["status", "--json", ...flags]);
  const document = documentOf<StatusDocument>(result);
  expect(result).toMatchObject({ stderr: "", exitCode: document.healthy ? 0 : 2 });
  return document;
}

const kindsOf = ({ problems }: { problems: Array<{ kind: string }> }) => problems.map(({ kind }) => kind);

onEveryDatabase(
  "status",
  (database) => {
    it("shows what plain SQL shows, writes nothing, and names what comes next", async () => {
      const { municipality } = await choosePlace(database);
      await database.rows(
        "update municipality_coverages set auto_sync = false where municipality_id = ?",
        municipality.id,
      );
      await database.rows("delete from obc_sync_change_log");
      const [counts] = await database.rows<Record<string, number>>(
        `select (select count(*) from obc_communities) as communities, (select count(*) from barangays) as barangays,
                (select count(*) from municipality_coverages) as municipalities,
                (select count(*) from province_coverages) as provinces`,
      );
      const before = await digest(database);
      const { contents, next, schema, migrations } = await statusOf(database, "--verify", "--max-age", "1");
      expect(await digest(database)).toBe(before);
      expect({ schema, pending: migrations.pending, next }).toEqual({ schema: "native", pending: [], next: null });
      expect(contents).toMatchObject({
        triggers: { broken: [] },
        barangays: counts?.barangays,
        communities: { active: counts?.communities, archived: 0 },
        coverages: {
          municipality: { automatic: (counts?.municipalities ?? 0) - 1, manual: 1, archived: 0 },
          province: { automatic: counts?.provinces, manual: 0, archived: 0 },
        },
        waiting: { entries: 0, oldest: null },
        lastSync: { command: "import" },
        drift: { differing: 0, leftOut: 0 },
      });

      await database.rows("update obc_communities set households = coalesce(households, 0) + 1");
      const [log] = await database.rows<{ n: number }>("select count(*) as n from obc_sync_change_log");
      const later = await statusOf(database);
      expect(later.contents).toMatchObject({ waiting: { entries: log?.n }, drift: null });
      expect(later.next).toBe("obc-sync sync --changed");
      expect(kindsOf(await statusOf(database, "--verify"))).toEqual(["drift"]);
    });

    it("is not healthy with broken triggers, after too long a time, or with the tables of an older version", async () => {
      await database.rows("update obc_sync_runs set finished_at = ?", hoursAgo(3));
      expect(kindsOf(await statusOf(database, "--max-age", "4"))).toEqual([]);
      expect(kindsOf(await statusOf(database, "--max-age", "2.5"))).toEqual(["check-too-old"]);
      expect((await database.obcSync(["sync", "--changed"])).exitCode).toBe(0);
      const { contents } = await statusOf(database, "--max-age", "2.5");
      expect(contents.heartbeat).toBe(contents.lastCheck);
      expect(contents.lastCheckAgeSeconds).toBeLessThan(600);

      const on = database.kind === "sqlite" ? "" : " on obc_communities";
      await database.rows(`drop trigger obc_sync_communities_update${on}`);
      const { problems } = await statusOf(database);
      expect(problems).toMatchObject([{ kind: "broken-triggers", remedy: "obc-sync sync --changed" }]);
      const quiet = await database.obcSync(["status", "--quiet"]);
      expect(quiet.stdout).toBe(`✗ ${problems[0]?.message}\nNext: obc-sync sync --changed\n`);

      await database.rows("delete from obc_sync_migrations where name = '0003_heartbeat'");
      expect(await statusOf(database)).toMatchObject({
        migrations: { pending: ["0003_heartbeat"] },
        contents: null,
        problems: [{ kind: "not-migrated", remedy: "obc-sync migrate" }],
      });
    });

    it("writes metrics that a parser of Prometheus reads, to a file that all may read", async () => {
      const folder = temporaryFolder();
      const file = join(folder, "obc-sync.prom");
      writeFileSync(file, "from before");
      chmodSync(file, 0o600);
      await database.rows("update obc_communities set households = coalesce(households, 0) + 1");
      const document = await statusOf(database, "--verify", "--prometheus", file);
      expect(statSync(file).mode & 0o777).toBe(0o644);
      expect(readdirSync(folder)).toEqual(["obc-sync.prom"]);
      const samples = parsePrometheusText(readFileSync(file, "utf8"));
      const value = (name: string, labels: PrometheusSample["labels"] = {}) =>
        samples.find(
          (sample) =>
            sample.name === `obc_sync_${name}` &&
            Object.entries(labels).every(([key, text]) => sample.labels[key] === text),
        )?.value;
      const { contents } = document;
      expect([value("up"), value("healthy"), value("problem", { kind: "drift" })]).toEqual([1, 0, 1]);
      expect(value("communities", { state: "active" })).toBe(contents.communities.active);
      expect(value("coverages", { level: "province", state: "automatic" })).toBe(contents.coverages.province.automatic);
      expect(value("waiting_changes")).toBe(contents.waiting.entries);
      expect(value("differing_coverages")).toBe(contents.drift?.differing);
      expect(value("last_check_timestamp_seconds")).toBe(Date.parse(contents.lastCheck) / 1000);
    });
  },
  { stage: "example" },
);

onEveryDatabase(
  "status of a database that is not ready",
  (database) => {
    it("says before migrate, after it, and with the geography what comes next", async () => {
      if (database.kind === "postgres") {
        const { schema, problems, contents } = await statusOf(database);
        expect({ schema, kinds: kindsOf({ problems }), contents }).toEqual({
          ...{ schema: "native", kinds: ["not-migrated"], contents: null },
        });
      } else {
        expect(await statusOf(database)).toMatchObject({ error: { code: "DATABASE_MISSING" }, schema: null });
        writeFileSync(database.location, "");
        expect(kindsOf(await statusOf(database))).toEqual(["not-migrated"]);
      }
      await database.obcSync(["migrate"]);
      expect(await statusOf(database)).toMatchObject({
        problems: [{ kind: "no-geography" }],
        next: "obc-sync import geography",
      });
      await database.obcSync(["import", "geography"]);
      expect(await statusOf(database, "--verify")).toMatchObject({
        healthy: true,
        next: "obc-sync import communities FILE",
        contents: { barangays: 42_011, drift: { checked: 0, differing: 0 } },
      });
      const { stdout } = await database.obcSync(["status"]);
      expect(stdout).toContain("! The database is empty: it has no communities and no coverages\n✓ Healthy\n");
    });

    it("stands for a database that cannot be read, in the library and in metrics too", async () => {
      await database.obcSync(["migrate"]);
      await database.rows("insert into obc_sync_migrations (name, batch) values ('0099_from_the_future', 9)");
      const file = join(temporaryFolder(), "obc-sync.prom");
      const { error, problems } = await statusOf(database, "--prometheus", file);
      expect(error?.code).toBe("DATABASE_NEWER");
      expect(await status(database.knex)).toMatchObject({ error, problems });
      expect(parsePrometheusText(readFileSync(file, "utf8"))).toContainEqual({
        ...{ name: "obc_sync_up", value: 0, labels: expect.anything() },
      });
    });
  },
  { stage: "empty" },
);

onEveryObcms("status on the tables of OBCMS", (database) => {
  it("says that obc-sync is not set up, shows what is there, and is healthy after migrate and sync", async () => {
    const before = await statusOf(database, "--verify");
    const [count] = await database.rows<{ n: number }>("select count(*) as n from common_barangay");
    expect(before).toMatchObject({
      schema: "obcms",
      problems: [{ kind: "not-migrated", remedy: "obc-sync migrate" }, { kind: "drift" }],
      contents: { triggers: null, barangays: count?.n, lastSync: null },
    });
    for (const command of ["migrate", "sync"]) await database.obcSync([command]);
    expect(await statusOf(database, "--verify", "--max-age", "1")).toMatchObject({ healthy: true, next: null });
  });
});

describe("status of a server that is away", () => {
  const database = useDatabase("sqlite");

  it("is not healthy and shows no password; what is no state of a database is an error", async () => {
    const file = join(temporaryFolder(), "obc-sync.prom");
    const secret = randomBytes(8).toString("hex");
    const away = { database: `postgres://user:${secret}@127.0.0.1:1/obc` };
    const result = await runCli(["status", "--prometheus", file], away);
    expect(result).toMatchObject({ exitCode: 2, stderr: "" });
    expect(result.stdout).toMatch(/✗ no connection to postgres:\/\/user@127\.0\.0\.1:1\/obc: .*ECONNREFUSED/);
    const text = readFileSync(file, "utf8");
    expect(result.stdout + text).not.toContain(secret);
    const up = { name: "obc_sync_up", labels: { database: "postgres://user@127.0.0.1:1/obc" }, value: 0 };
    expect(parsePrometheusText(text)).toContainEqual(up);

    for (const flags of [
      ["--prometheus", "metrics.txt"],
      ["--max-age", "0"],
      ["--prometheus", "/no/such/folder/a.prom"],
    ]) {
      const refused = await database.obcSync(["status", ...flags]);
      expect(refused).toMatchObject({ exitCode: 1, stdout: "" });
    }
    expect((await database.obcSync(["status", "--schema", "obcms"])).exitCode).toBe(1);
  });
});
