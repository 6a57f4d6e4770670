/** Columns and constraints that a later version of OBCMS adds: rows that exist are updated, and new rows can be read. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { TestDatabase } from "../../helpers/databases.ts";
import { documentOf, type ErrorDocument, type ImportCounts, type SyncDocument } from "../../helpers/documents.ts";
import type { ObcmsTable } from "../../helpers/obcms/columns.ts";
import {
  addCheck,
  addRequiredColumn,
  alterColumn,
  type ColumnTypes,
  dropUnique,
} from "../../helpers/obcms/later-versions.ts";
import { onEveryObcms } from "../../helpers/obcms/make-obcms.ts";
import { expectObcmsInStep } from "../../helpers/obcms/plain-sql.ts";
import { digest } from "../../helpers/plain-sql.ts";
import { temporaryFolder } from "../../helpers/temporary-folder.ts";

const TABLES = [
  "communities_obc_community",
  "communities_municipalitycoverage",
  "communities_provincecoverage",
] as const satisfies ObcmsTable[];

interface Later {
  types: ColumnTypes;
  /** What the rows that exist have, as SQL. */
  value: string;
}

const both = (type: string): ColumnTypes => ({ sqlite: type, postgres: type });

/** The types of Django's fields, what rows have in them, and what a new row has, as text. */
const FILLED: Record<string, Later & { ofNew: RegExp }> = {
  later_text: { types: both("varchar(20)"), value: "'old'", ofNew: /^$/ },
  later_number: { types: both("smallint"), value: "3", ofNew: /^0$/ },
  later_decimal: { types: { sqlite: "decimal", postgres: "numeric(5, 2)" }, value: "1.5", ofNew: /^0(\.00)?$/ },
  later_real: { types: { sqlite: "real", postgres: "double precision" }, value: "1.5", ofNew: /^0(\.0)?$/ },
  later_flag: { types: { sqlite: "bool", postgres: "boolean" }, value: "true", ofNew: /^(0|false)$/ },
  later_date: { types: both("date"), value: "'2025-05-06'", ofNew: /^\d{4}-\d\d-\d\d$/ },
  later_time: { types: both("time"), value: "'10:20:30'", ofNew: /^\d\d:\d\d:\d\d(\.\d+)?$/ },
  later_moment: {
    types: { sqlite: "datetime", postgres: "timestamptz" },
    value: "'2025-05-06 10:20:30'",
    ofNew: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+\+00)?$/,
  },
  later_bytes: {
    types: { sqlite: "BLOB", postgres: "bytea" },
    value: "'abc'",
    ofNew: /^(\\x)?$/,
  },
  later_json: {
    types: { sqlite: `text CHECK ((JSON_VALID("later_json") OR "later_json" IS NULL))`, postgres: "jsonb" },
    value: "'[1]'",
    ofNew: /^\{\}$/,
  },
};

/** Types without an empty value that Django can read. */
const REFUSED: Record<string, Later & { named: Record<TestDatabase["kind"], string> }> = {
  "a UUID": {
    types: { sqlite: "char(32)", postgres: "uuid" },
    value: "'00112233445566778899aabbccddeeff'",
    named: { sqlite: "char(32)", postgres: "uuid" },
  },
  "an address": {
    types: { sqlite: "char(39)", postgres: "inet" },
    value: "'10.0.0.1'",
    named: { sqlite: "char(39)", postgres: "inet" },
  },
  "a reference": {
    types: both("bigint REFERENCES auth_user (id) DEFERRABLE INITIALLY DEFERRED"),
    value: "7",
    named: both("bigint, a reference"),
  },
  "an unknown type": {
    types: { sqlite: "somewhere", postgres: "int4range" },
    value: "'[1,3)'",
    named: { sqlite: "somewhere", postgres: "int4range" },
  },
};

const file = (...lines: string[]) => {
  const path = join(temporaryFolder(), "communities.csv");
  writeFileSync(path, `barangay_code,households\n${lines.join("\n")}\n`);
  return path;
};

onEveryObcms("a later version of OBCMS", (database) => {
  const succeeds = async (...args: string[]) => {
    const { exitCode, stderr } = await database.obcSync(args);
    expect({ args, exitCode, stderr }).toEqual({ args, exitCode: 0, stderr: "" });
  };
  /** Runs a command that is refused, and expects that it has written nothing. */
  const refused = async (...args: string[]) => {
    const before = await digest(database);
    const result = await database.obcSync([...args, "--json"]);
    expect([args, result.exitCode]).toEqual([args, 1]);
    expect(await digest(database)).toBe(before);
    return documentOf<ErrorDocument>(result).error;
  };

  it("may add columns of every type of Django: new rows have what it reads, others keep their values", async () => {
    for (const table of TABLES) {
      for (const [name, { types, value }] of Object.entries(FILLED)) {
        await addRequiredColumn(database, table, name, types, value);
      }
    }
    const cells = Object.keys(FILLED).map((name) => `cast(${name} as text) as ${name}`);
    const select = (table: string, where: string) =>
      database.rows<Record<string, string>>(`select ${cells.join(", ")} from ${table} where ${where} order by id`);
    const last = await Promise.all(
      TABLES.map(async (table) => (await database.rows<{ id: number }>(`select max(id) as id from ${table}`))[0]?.id),
    );
    const stored = () => Promise.all(TABLES.map((table, index) => select(table, `id <= ${last[index]}`)));
    const before = await stored();

    await succeeds("migrate");
    await succeeds("sync");
    await succeeds("community", "add", "BUKIDNON_BAUNGON_BUENAVISTA", "households=4");
    const path = file("BUKIDNON_DAMULOG_ALUDAS,41", "BUKIDNON_DAMULOG_KIRAON,5");
    const imported = documentOf<ImportCounts>(await database.obcSync(["import", "communities", path, "--json"]));
    expect(imported).toMatchObject({ created: 1, updated: 1 });
    await succeeds("coverage", "manual", "LANAO_DEL_NORTE_KOLAMBUGAN");
    await succeeds("sync", "--changed");
    expect(await stored()).toEqual(before);
    await expectObcmsInStep(database);
    for (const [index, table] of TABLES.entries()) {
      const added = await select(table, `id > ${last[index]}`);
      expect(added.length).toBeGreaterThan(1);
      for (const row of added) {
        for (const [name, { ofNew }] of Object.entries(FILLED)) expect(String(row[name]), name).toMatch(ofNew);
      }
    }
  });

  it.each(Object.entries(REFUSED))("may add %s to a coverage: only a new coverage is refused", async (_, later) => {
    await addRequiredColumn(database, "communities_municipalitycoverage", "later", later.types, later.value);
    await succeeds("migrate");
    const stored = () => database.rows("select id, later from communities_municipalitycoverage order by id");
    const before = await stored();
    const { code, message, hint } = await refused("sync");
    expect({ code, message }).toEqual({
      code: "SCHEMA_INCOMPLETE",
      message: `a new row of communities_municipalitycoverage needs a value for later (${later.named[database.kind]}), which this version of obc-sync does not know`,
    });
    expect(hint).toContain("default in the database");
    expect((await refused("coverage", "manual", "LANAO_DEL_NORTE_KOLAMBUGAN")).message).toBe(message);
    const communities = file("BUKIDNON_BAUNGON_BUENAVISTA,3");
    expect((await refused("import", "communities", communities)).message).toBe(message);
    await succeeds("sync", "--municipality", "BUKIDNON_DAMULOG");
    await succeeds("community", "set", "BUKIDNON_DAMULOG_ALUDAS", "households=77");
    await succeeds("import", "communities", file("BUKIDNON_DAMULOG_ANGGA_AN,78"));
    await succeeds("verify", "--municipality", "BUKIDNON_DAMULOG");
    expect(await stored()).toEqual(before);
  });

  it.each(Object.entries(REFUSED))("may add %s to a community: only a new community is refused", async (_, later) => {
    await addRequiredColumn(database, "communities_obc_community", "later", later.types, later.value);
    await succeeds("migrate");
    const stored = () => database.rows("select id, later from communities_obc_community order by id");
    const before = await stored();
    const message = `a new row of communities_obc_community needs a value for later (${later.named[database.kind]}), which this version of obc-sync does not know`;
    const added = await refused("community", "add", "BUKIDNON_DAMULOG_KIRAON", "households=4");
    expect(added).toMatchObject({ code: "SCHEMA_INCOMPLETE", message });
    const rows = ["BUKIDNON_DAMULOG_ALUDAS,41", "BUKIDNON_DAMULOG_KIRAON,5"];
    expect((await refused("import", "communities", file(...rows))).message).toBe(message);
    await succeeds("import", "communities", file(rows[0] as string));
    await succeeds("community", "set", "BUKIDNON_DAMULOG_ALUDAS", "households=77");
    await succeeds("community", "archive", "BUKIDNON_DAMULOG_ALUDAS");
    await succeeds("sync");
    await expectObcmsInStep(database);
    expect(await stored()).toEqual(before);
  });

  it("may add a UUID to a community: neither a revert nor a saved plan creates one", async () => {
    await succeeds("migrate");
    await succeeds("sync");
    const path = file("BUKIDNON_BAUNGON_BUENAVISTA,3");
    await succeeds("import", "communities", path);
    await succeeds("revert", "--last");
    const plan = join(temporaryFolder(), "plan.json");
    await succeeds("import", "communities", path, "--plan-out", plan);
    const { types, value } = REFUSED["a UUID"] as Later;
    await addRequiredColumn(database, "communities_obc_community", "later", types, value);
    await succeeds("migrate");
    const message = /^a new row of communities_obc_community needs a value for later /;
    // The revert of the revert would add the community again.
    expect((await refused("revert", "3")).message).toMatch(message);
    expect((await refused("revert", "3", "--dry-run")).message).toMatch(message);
    expect((await refused("apply", plan)).message).toMatch(message);
  });

  it("may add a unique column, which one empty value only would fit", async () => {
    const table = "communities_municipalitycoverage";
    await addRequiredColumn(database, table, "later", both("varchar(20)"), "cast(random() as varchar(20))");
    await database.rows(`create unique index later_unique on ${table} (later)`);
    await succeeds("migrate");
    expect((await refused("sync")).message).toMatch(/ for later \((varchar\(20\)|character varying\(20\)), unique\),/);
    await succeeds("sync", "--municipality", "BUKIDNON_DAMULOG");
  });

  it("may add a constraint: it is named where it refuses a new row, and rows that exist are updated", async () => {
    const table = "communities_municipalitycoverage";
    await addRequiredColumn(database, table, "later", both("integer"), "3");
    await addCheck(database, table, "later_is_positive", "later > 0");
    // Of two columns, one of which is empty in a new row.
    await database.rows(
      "update communities_provincecoverage set is_submitted = true, submitted_at = '2026-01-06 09:30:00'",
    );
    await addCheck(
      database,
      "communities_provincecoverage",
      "later_time",
      "not is_submitted or submitted_at is not null",
    );
    await succeeds("migrate");
    await succeeds("sync", "--municipality", "BUKIDNON_DAMULOG");
    await succeeds("verify", "--municipality", "BUKIDNON_DAMULOG");
    const { code, message, hint } = await refused("sync");
    expect(code).toBe("SCHEMA_INCOMPLETE");
    expect(message).toContain("later_is_positive");
    expect(hint).toContain("migration");
  });

  it("may give columns defaults in the database, which new rows have then", async () => {
    const table = "communities_municipalitycoverage";
    // In Knex \? is a question mark, on PostgreSQL only.
    const byDefault = database.kind === "sqlite" ? "new" : "new\\?";
    await database.rows(`alter table ${table} add column later varchar(20) not null default '${byDefault}'`);
    await database.rows(`update ${table} set later = 'old'`);
    await succeeds("migrate");
    await succeeds("sync");
    await expectObcmsInStep(database);
    const rows = await database.rows<{ later: string; n: number }>(
      `select later, count(*) as n from ${table} group by later order by later`,
    );
    expect(rows.map(({ later, n }) => [later, Number(n)])).toEqual([
      [database.kind === "sqlite" ? "new" : "new?", 5],
      ["old", 9],
    ]);
  });

  it("may make the figure NOT NULL that it leaves blank: 0 stands for blank", async () => {
    const coverages = ["communities_municipalitycoverage", "communities_provincecoverage"] as const;
    for (const table of coverages) {
      await database.rows(`update ${table} set estimated_obc_population = 0 where estimated_obc_population is null`);
      await alterColumn(database, table, "estimated_obc_population", "NOT NULL");
    }
    await succeeds("migrate");
    await succeeds("sync");
    await succeeds("verify");
    for (const table of coverages) {
      const automatic = `from ${table} where auto_sync and not is_deleted`;
      const rows = await database.rows(`select distinct estimated_obc_population as people ${automatic}`);
      expect(rows).toEqual([{ people: 0 }]);
    }
    const again = documentOf<SyncDocument>(await database.obcSync(["sync", "--json"]));
    expect(again).toMatchObject({ changes: [], queries: { write: 0 } });
    await succeeds("coverage", "auto", "BUKIDNON_CABANGLASAN");
    await succeeds("community", "add", "BUKIDNON_BAUNGON_BUENAVISTA", "households=4", "estimated_obc_population=90");
    await succeeds("sync", "--changed");
    await succeeds("verify");
  });

  it("may change the length of a text", async () => {
    const [short, long] = ["A".repeat(9), "A".repeat(60)];
    const set = (text: string) => database.obcSync(["community", "set", "BUKIDNON_DAMULOG_ALUDAS", `obc_id=${text}`]);
    const importing = async (text: string) => {
      const stdin = `barangay_code,obc_id\nBUKIDNON_DAMULOG_ALUDAS,${text}\n`;
      return database.obcSync(["import", "communities", "-"], { stdin });
    };
    await alterColumn(database, "communities_obc_community", "obc_id", both("varchar(8)"));
    await succeeds("migrate");
    const problem = "too long: 9 characters, and the column takes 8";
    expect((await set(short)).stderr).toContain(problem);
    expect((await importing(short)).stdout).toContain(problem);
    await alterColumn(database, "communities_obc_community", "obc_id", both("text"));
    await succeeds("community", "set", "BUKIDNON_DAMULOG_ALUDAS", `obc_id=${long}`);
    expect((await importing(`${long}B`)).exitCode).toBe(0);
  });

  it("may allow several communities for a barangay: an import says that there must be one", async () => {
    await dropUnique(database, "communities_obc_community", "unique_obccommunity_per_barangay");
    await succeeds("migrate");
    const { code, hint } = await refused("import", "communities", file("BUKIDNON_DAMULOG_ALUDAS,41"));
    expect(code).toBe("SCHEMA_INCOMPLETE");
    expect(hint).toContain("a unique constraint on barangay_id");
    await succeeds("community", "set", "BUKIDNON_DAMULOG_ALUDAS", "households=77");
    await succeeds("sync");
    await expectObcmsInStep(database);
  });
});
