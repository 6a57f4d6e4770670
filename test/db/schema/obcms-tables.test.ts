import { describe, expect, it } from "vitest";
import type { TestDatabase } from "../../helpers/databases.ts";
import { onEveryObcms } from "../../helpers/obcms/make-obcms.ts";
import { OBCMS_FACTS } from "./obcms-facts.ts";

/** How each database reports a type of the facts. */
const REPORTED: Record<string, Record<TestDatabase["kind"], string>> = {
  id: { sqlite: "INTEGER", postgres: "bigint" },
  text: { sqlite: "TEXT", postgres: "text" },
  varchar: { sqlite: "varchar", postgres: "character varying" },
  integer: { sqlite: "integer unsigned", postgres: "integer" },
  bigint: { sqlite: "bigint", postgres: "bigint" },
  boolean: { sqlite: "bool", postgres: "boolean" },
  timestamp: { sqlite: "datetime", postgres: "timestamp with time zone" },
  date: { sqlite: "date", postgres: "date" },
  float: { sqlite: "REAL", postgres: "double precision" },
  json: { sqlite: "TEXT", postgres: "jsonb" },
};

onEveryObcms("the tables of OBCMS that tests create", (database) => {
  describe.each(Object.entries(OBCMS_FACTS))("%s", (table, facts) => {
    it("has the columns of the facts, none with a default", async () => {
      const expected = columnsOfFacts(table).map(({ name, type, suffix }) => {
        const [, word = "", length = ""] = /^(\w+)(.*)$/.exec(type) ?? [];
        return `${name} ${REPORTED[word]?.[database.kind]}${length}${suffix}`;
      });
      expect(await columnsOf(database, table)).toEqual(expected.sort());
    });

    it("has the keys of the facts, and a check on each figure", async () => {
      const figures = columnsOfFacts(table).filter(({ type }) => type === "integer");
      const checks = figures.map(({ name }) => `check ${name}`);
      expect(await keysOf(database, table)).toEqual([...facts.keys, ...checks].sort());
    });
  });

  it("hold the cases that tests rely on", async () => {
    expect(await database.rows(CASES)).toEqual([
      { what: "barangays", n: 86 },
      { what: "codes of 64 characters", n: 2 },
      { what: "communities", n: 59 },
      { what: "communities, archived", n: 10 },
      { what: "municipalities", n: 15 },
      { what: "municipalities without communities, automatic", n: 1 },
      { what: "municipalities, all communities archived", n: 2 },
      { what: "municipalities, doubled names of barangays", n: 1 },
      { what: "municipality coverages, archived", n: 2 },
      { what: "municipality coverages, automatic", n: 5 },
      { what: "municipality coverages, manual", n: 2 },
      { what: "province coverages, archived", n: 1 },
      { what: "province coverages, automatic", n: 1 },
      { what: "province coverages, manual", n: 1 },
      { what: "provinces", n: 5 },
      { what: "regions", n: 3 },
    ]);
  });

  it("order names by a linguistic collation on PostgreSQL", async () => {
    const rows = await database.rows<{ name: string }>(
      `select b.name from common_barangay b join common_municipality m on m.id = b.municipality_id
        where m.code = 'BUKIDNON_BAUNGON' and substr(b.name, 1, 1) in ('N', 'Ñ', 'P', 'p', 'Z') order by b.name`,
    );
    const linguistic = ["Nuno", "Ñuño", "poblacion", "Poblacion", "POBLACION", "Zamora"];
    const byCodePoint = ["Nuno", "POBLACION", "Poblacion", "Zamora", "poblacion", "Ñuño"];
    expect(rows.map(({ name }) => name)).toEqual(database.kind === "postgres" ? linguistic : byCodePoint);
  });
});

function columnsOfFacts(table: string): { name: string; type: string; suffix: string }[] {
  const groups = OBCMS_FACTS[table]?.columns.flatMap(Object.entries) ?? [];
  return groups.flatMap(([type, names]) =>
    names
      .trim()
      .split(/\s+/)
      .map((name: string) => ({
        name,
        type: type.replace(" null", ""),
        suffix: type.endsWith(" null") ? " null" : "",
      })),
  );
}

async function columnsOf(database: TestDatabase, table: string): Promise<string[]> {
  const rows = await database.rows<{ line: string }>(COLUMNS[database.kind], table);
  return rows.map(({ line }) => line).sort();
}

async function keysOf(database: TestDatabase, table: string): Promise<string[]> {
  const rows = await database.rows<{ line: string }>(KEYS[database.kind], table);
  if (database.kind === "postgres") return rows.map(({ line }) => line).sort();
  const [created] = await database.rows<{ sql: string }>("select sql from sqlite_master where name = ?", table);
  const sql = created?.sql ?? "";
  const checks = [...sql.matchAll(/CHECK \("(\w+)" >= 0\)/g)].map(([, name]) => `check ${name}`);
  const keys = [...sql.matchAll(/"(\w+)" [^,]*? REFERENCES "(\w+)" \("id"\) DEFERRABLE INITIALLY DEFERRED/g)];
  const deferred = keys.map(([, name, referenced]) => `deferred key ${name} -> ${referenced}`);
  return [...rows.map(({ line }) => line), ...checks, ...deferred].sort();
}

const COLUMNS = {
  sqlite: `select name || ' ' || type || case when "notnull" then '' else ' null' end || coalesce(' ' || dflt_value, '') as line
             from pragma_table_info(?)`,
  postgres: `select column_name || ' ' || data_type || coalesce('(' || character_maximum_length || ')', '')
                 || case is_nullable when 'NO' then '' else ' null' end
                 || case when column_default like 'nextval(%' then '' else coalesce(' ' || column_default, '') end as line
               from information_schema.columns where table_name = ?`,
};

/** On PostgreSQL without the indexes for LIKE, which the facts do not list. */
const KEYS = {
  sqlite: `select case when l."unique" then 'unique ' else 'index ' end || i.name as line
             from pragma_index_list(?) l, pragma_index_info(l.name) i`,
  postgres: `with named as (select ?::regclass as id)
    select case when indisunique then 'unique ' else 'index ' end || attname as line
      from named join pg_index on indrelid = id join pg_attribute on attrelid = id and attnum = indkey[0]
     where not indisprimary and pg_get_indexdef(indexrelid) not like '%pattern_ops%'
    union all
    select case contype when 'c' then 'check ' || attname
                        else 'deferred key ' || attname || ' -> ' || confrelid::regclass::text end
      from named join pg_constraint on conrelid = id join pg_attribute on attrelid = id and attnum = conkey[1]
     where contype = 'c' and pg_get_constraintdef(pg_constraint.oid) = format('CHECK ((%s >= 0))', attname)
        or contype = 'f' and condeferred`,
};

const CASES = `
  with rows_of as (
    select m.id, count(c.id) as communities, count(case when not c.is_deleted then 1 end) as active,
           count(b.name) - count(distinct b.name) as doubled
      from common_municipality m
      join common_barangay b on b.municipality_id = m.id
      left join communities_obc_community c on c.barangay_id = b.id
     group by m.id
  )
  select 'regions' as what, count(*) as n from common_region
  union all select 'provinces', count(*) from common_province
  union all select 'municipalities', count(*) from common_municipality
  union all select 'barangays', count(*) from common_barangay
  union all select 'codes of 64 characters', count(*) from common_barangay where length(code) = 64
  union all select 'communities', count(*) from communities_obc_community
  union all select 'communities, archived', count(*) from communities_obc_community where is_deleted
  union all select 'municipalities, all communities archived', count(*) from rows_of where communities > 0 and active = 0
  union all select 'municipalities, doubled names of barangays', count(*) from rows_of where doubled > 0
  union all select 'municipalities without communities, automatic', count(*) from rows_of
              join communities_municipalitycoverage v on v.municipality_id = rows_of.id and v.auto_sync where communities = 0
  union all select 'municipality coverages, ' || ${flags("v")}, count(*) from communities_municipalitycoverage v group by 1
  union all select 'province coverages, ' || ${flags("v")}, count(*) from communities_provincecoverage v group by 1
  order by 1`;

function flags(coverage: string): string {
  return `case when ${coverage}.is_deleted then 'archived' when ${coverage}.auto_sync then 'automatic' else 'manual' end`;
}
