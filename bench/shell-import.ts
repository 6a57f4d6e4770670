import { FIELDS } from "../src/core/fields.ts";
import type { DatabaseKind } from "./generated-data.ts";

/** The columns of the file that is imported. */
export const CSV_COLUMNS = [
  "barangay_code",
  "community_names",
  "settlement_type",
  "primary_ethnolinguistic_group",
  ...FIELDS,
];

const COMMUNITY_COLUMNS = CSV_COLUMNS.slice(1);

/** What an administrator would type into the database's own shell: stage the file, then upsert all rows at once. */
export function importScript(kind: DatabaseKind, csv: string): string {
  const integer = (name: string) => (kind === "sqlite" ? `cast(nullif(s.${name}, '') as integer)` : `s.${name}`);
  const value = (name: string) =>
    (FIELDS as readonly string[]).includes(name) ? integer(name) : `nullif(s.${name}, '')`;
  const upsert = `insert into obc_communities (barangay_id, ${COMMUNITY_COLUMNS.join(", ")})
    select b.id, ${COMMUNITY_COLUMNS.map(value).join(", ")}
      from staged s join barangays b on b.code = s.barangay_code where true
    on conflict (barangay_id) do update set ${COMMUNITY_COLUMNS.map((name) => `${name} = excluded.${name}`).join(", ")};`;
  if (kind === "sqlite") {
    return [
      "pragma foreign_keys = on;",
      `create temp table staged (${CSV_COLUMNS.map((name) => `${name} text`).join(", ")});`,
      `.import --csv --skip 1 --schema temp ${csv} staged`,
      `begin; ${upsert} commit;`,
    ].join("\n");
  }
  const types = CSV_COLUMNS.map(
    (name) => `${name} ${(FIELDS as readonly string[]).includes(name) ? "integer" : "text"}`,
  );
  return [
    `create temp table staged (${types.join(", ")});`,
    `\\copy staged from '${csv}' with (format csv, header)`,
    `begin; ${upsert} commit;`,
  ].join("\n");
}
