/**
 * Another program writes between any two statements of an operation on PostgreSQL: what the history keeps is what the
 * operation really replaced, as an audit trigger of the test saw it. On SQLite nobody can write in between. RACES=all runs
 * every pair: about four minutes.
 */
import type { Knex } from "knex";
import { beforeEach, describe, expect, it } from "vitest";
import * as library from "../../../src/index.ts";
import { useDatabase } from "../../helpers/databases.ts";
import { interleave } from "../../helpers/interleave.ts";
import { addCommunity } from "../../helpers/plain-sql.ts";
import { written } from "../../helpers/temporary-folder.ts";
import { differences, type UnitStates } from "../../helpers/unit-changes.ts";

const [FIRST, SECOND, NEW] = ["1001302001", "1001302002", "1001302003"];
const DAMULOG = { level: "municipality", unit: "1001302000" } as const;
const BUKIDNON = { level: "province", unit: "1001300000" } as const;

/** Every row that a transaction changed, by who changed it. */
const AUDIT = `
  create table audit (id bigserial, who text, transaction xid8, unit text, before jsonb, after jsonb);
  create function audit() returns trigger language plpgsql as $$
    declare place text;
    begin
      if tg_table_name = 'obc_communities' then
        select 'community ' || code into place from barangays where id = coalesce(new.barangay_id, old.barangay_id);
      elsif tg_table_name = 'municipality_coverages' then
        select 'municipality ' || code into place from municipalities where id = coalesce(new.municipality_id, old.municipality_id);
      else
        select 'province ' || code into place from provinces where id = coalesce(new.province_id, old.province_id);
      end if;
      insert into audit (who, transaction, unit, before, after)
        values (current_setting('application_name'), pg_current_xact_id(), place, to_jsonb(old), to_jsonb(new));
      return null;
    end $$;
  create trigger audit after insert or update or delete on obc_communities for each row execute function audit();
  create trigger audit after insert or update or delete on municipality_coverages for each row execute function audit();
  create trigger audit after insert or update or delete on province_coverages for each row execute function audit();`;

type Act = (connection: Knex) => Promise<unknown>;

/** The other program: it changes the same rows, each in a transaction of its own. */
const WRITE = {
  communities: `update obc_communities set households = households + 100, notes = 'other'
    where barangay_id in (select id from barangays where code like '1001302%')`,
  flags: `update obc_communities set is_deleted = not is_deleted, deleted_at = now(), women_count = 50
    where barangay_id in (select id from barangays where code = '${FIRST}')`,
  coverages: `update municipality_coverages set households = households + 100, existing_support_programs = 'other'
    where municipality_id in (select id from municipalities where code = '${DAMULOG.unit}')`,
} as const;

let file = "";

const OPERATIONS: Record<string, Act> = {
  import: (connection) => library.importCommunities(connection, { file }),
  "import --archive-missing": (connection) =>
    library.importCommunities(connection, {
      ...{ file, yes: true, archiveMissing: { kind: "province", units: ["Bukidnon"] } },
    }),
  "community set": (connection) => library.updateCommunity(connection, FIRST, { households: 7, notes: "run" }),
  "community archive": (connection) => library.archiveCommunity(connection, FIRST),
  "community remove": (connection) => library.removeCommunity(connection, FIRST),
  "coverage set": (connection) => library.updateCoverage(connection, DAMULOG, { existing_support_programs: "run" }),
  "coverage manual": (connection) => library.setAutoSync(connection, DAMULOG, false),
  "coverage auto": (connection) => library.setAutoSync(connection, BUKIDNON, true),
  sync: (connection) => library.sync(connection),
  revert: (connection) => library.revert(connection, { run: 2, force: true }),
};

const HOW = ["in a transaction of its own", "in a transaction of the caller"] as const;

const ALL = Object.keys(OPERATIONS).flatMap((name) =>
  (Object.keys(WRITE) as Array<keyof typeof WRITE>).flatMap((other) => HOW.map((how) => ({ name, other, how }))),
);

/** A transaction of the caller is read committed: what it reads may be older than what it replaces. */
const KNOWN = ALL.filter(({ name, other, how }) => {
  if (how === HOW[0]) return ["import", "revert"].includes(name) && other === "communities";
  if (name === "coverage set" || name === "revert") return other === "coverages";
  return ["import", "community set", "community remove"].includes(name) && other === "communities";
});

describe("a writer between two statements", () => {
  const database = useDatabase("postgres");

  beforeEach(async () => {
    await database.knex.raw(AUDIT);
    file = written("list.csv", "barangay_code,households,notes", `${FIRST},30,run`, `${SECOND},31,`, `${NEW},5,`);
  });

  async function prepare(): Promise<void> {
    for (const table of [
      ...["obc_communities", "municipality_coverages", "province_coverages"],
      ...["obc_sync_runs", "obc_sync_run_values", "obc_sync_change_log"],
    ]) {
      await database.rows(`delete from ${table}`);
    }
    for (const code of [FIRST, SECOND, "1001302004"]) await addCommunity(database, code, { households: 10 });
    await library.sync(database.knex);
    await library.updateCommunity(database.knex, SECOND, { households: 11 });
    await database.rows("update obc_communities set women_count = 2");
    await database.rows("delete from audit");
  }

  /** What the transaction of a run replaced, as the audit shows it. */
  async function replaced(): Promise<ReturnType<typeof differences>> {
    const rows = await database.rows<{ unit: string; before: object | null; after: object | null }>(
      "select unit, before, after from audit where who = 'run' order by id",
    );
    const [before, after]: [UnitStates, UnitStates] = [{}, {}];
    const seen = new Set<string>();
    for (const row of rows) {
      if (!seen.has(row.unit) && row.before !== null) before[row.unit] = known(row.before);
      seen.add(row.unit);
      delete after[row.unit];
      if (row.after !== null) after[row.unit] = known(row.after);
    }
    return differences(before, after);
  }

  it.each(process.env.RACES === "all" ? ALL : KNOWN)(
    "$name $how, and $other of another program",
    async ({ name, other, how }) => {
      const act = OPERATIONS[name] as Act;
      let goesOn = true;
      for (let statement = 1; goesOn; statement += 1) {
        await prepare();
        const run = async (knex: Knex) => {
          await knex.raw("set application_name = 'run'");
          if (how === "in a transaction of its own") await act(knex);
          else await knex.transaction(act);
        };
        goesOn = await interleave(
          database.location,
          statement + 1,
          (knex) =>
            run(knex).catch((error: unknown) => {
              // Only the caller can run a transaction of the caller again, or decide to use force.
              const isSaid = error instanceof library.ObcSyncError || (error as { code?: string }).code === "40001";
              if (!isSaid) throw error;
            }),
          (knex) => knex.raw(WRITE[other]),
        );
        const runs = await database.rows<{ id: number }>("select id from obc_sync_runs where id > 2");
        const expected = await replaced();
        const at = `before statement ${statement}`;
        if (runs.length === 0) {
          expect(expected, at).toEqual([]);
          continue;
        }
        const { changes } = await library.showRun(database.knex, 3);
        const kept = changes.map(({ level, code, action, fields }) => ({ level, code, action, fields }));
        expect(kept, at).toEqual(expected);
      }
    },
    600_000,
  );
});

describe("a run that does not see the one before", () => {
  const database = useDatabase("postgres");

  it("says so, whether they changed the same communities or others", async () => {
    for (const codes of [[FIRST], [SECOND]]) {
      await database.reset();
      for (const code of [FIRST, SECOND]) await addCommunity(database, code, { households: 10 });
      const importing = (connection: Knex, code: string | undefined, households: number) =>
        library.importCommunities(connection, {
          file: written("list.csv", "barangay_code,households", `${code},${households}`),
        });
      const attempt = database.knex.transaction(
        async (transaction) => {
          await transaction.raw("select 1 from regions limit 1");
          await importing(database.knex, FIRST, 20);
          await importing(transaction, codes[0], 30);
        },
        { isolationLevel: "repeatable read" },
      );
      // 40001 where both write the same row: the driver's own error, which says the same.
      await expect(attempt).rejects.toMatchObject({ code: expect.stringMatching(/^(CONCURRENT_CHANGE|40001)$/) });
      const { runs } = await library.history(database.knex);
      expect(runs).toMatchObject([{ id: 1, counts: { communities: { updated: 1 } } }]);
    }
  });
});

/** The columns that a run keeps. */
function known(row: object): Record<string, string | number | boolean | null> {
  const others = ["created_at", "updated_at", "deleted_at", "barangay_id", "municipality_id", "province_id"];
  return Object.fromEntries(Object.entries(row).filter(([column]) => !others.includes(column)));
}
