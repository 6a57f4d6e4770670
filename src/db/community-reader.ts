import type { Knex } from "knex";
import { COMMUNITY_COLUMNS, type CommunityRecord } from "../core/community.ts";
import { UnitError } from "../core/errors.ts";
import { codesByRegion } from "../core/place-history.ts";
import { normalizePlaceName } from "../core/place-name.ts";
import { send } from "./statement-log.ts";
import { TABLES } from "./tables.ts";

type Row = Record<string, string | number | boolean | null>;

/** How many barangays of one name are listed; "Poblacion" has hundreds. */
const CANDIDATES = 200;

const SELECT = `select barangay.id as barangay_id, barangay.code, barangay.name,
    municipality.id as municipality_id, municipality.code as municipality_code, municipality.name as municipality,
    province.id as province_id, province.name as province,
    community.barangay_id as community_id, community.is_deleted,
    ${COMMUNITY_COLUMNS.map((column) => `community.${column}`).join(", ")}
  from ${TABLES.barangays} barangay
  join ${TABLES.municipalities} municipality on municipality.id = barangay.municipality_id
  join ${TABLES.provinces} province on province.id = municipality.province_id
  left join ${TABLES.communities} community on community.barangay_id = barangay.id`;

/**
 * Finds one barangay and its community, in one statement where the code or the name is as it stands.
 *
 * @param reference a ten-digit code, a name, or a name with its municipality ("Poblacion, Baungon")
 * @throws UnitError naming the candidates where it is unknown or ambiguous
 */
export async function readCommunity(transaction: Knex.Transaction, reference: string): Promise<CommunityRecord> {
  const rows = /^\d+$/.test(reference.trim())
    ? await findByCode(transaction, reference.trim().padStart(10, "0"))
    : await findByName(transaction, reference.trim());
  const [row] = rows;
  if (row === undefined) {
    throw new UnitError(
      "UNIT_UNKNOWN",
      `no barangay has the code or name "${reference}"`,
      'Give the ten digits of its PSGC code, or its name with its municipality: "Poblacion, Baungon".',
    );
  }
  if (rows.length > 1) throw ambiguous(reference, rows);
  return record(row);
}

/** Also by the code that another edition has for it, where its province changed region between the two. */
async function findByCode(transaction: Knex.Transaction, code: string): Promise<Row[]> {
  const rows = await select(transaction, "barangay.code = ?", code);
  if (rows.length > 0) return rows;
  const alike = await select(transaction, "substr(barangay.code, 3) = ?", code.slice(2));
  return alike.filter((row) => codesByRegion(String(row.code), String(row.province)).includes(code));
}

async function findByName(transaction: Knex.Transaction, text: string): Promise<Row[]> {
  const [name = ""] = text.split(",");
  const rows = await select(transaction, "lower(barangay.name) = ?", name.trim().toLowerCase());
  return rows.filter((row) => isUnder(row, text));
}

function select(transaction: Knex.Transaction, condition: string, value: string): Promise<Row[]> {
  const sql = `${SELECT} where ${condition} order by barangay.code limit ${CANDIDATES}`;
  return send<Row>(transaction, "bookkeeping", { sql, bindings: [value] });
}

/** Whether every part behind the first comma is the start of, or is, a parent's name. */
function isUnder(row: Row, text: string): boolean {
  const parents = [row.municipality, row.province].map((name) => normalizePlaceName(String(name)));
  return text
    .split(",")
    .slice(1)
    .map(normalizePlaceName)
    .every((part) => parents.some((parent) => parent === part || parent.replace(/^city of | city$/g, "") === part));
}

function ambiguous(reference: string, rows: readonly Row[]): UnitError {
  const listed = rows.slice(0, 10).map((row) => `${row.code} ${row.name}, ${row.municipality}, ${row.province}`);
  const rest = rows.length > listed.length ? `; and ${rows.length - listed.length} more` : "";
  return new UnitError(
    "UNIT_AMBIGUOUS",
    `${rows.length >= CANDIDATES ? `${CANDIDATES} or more` : rows.length} barangays are named "${reference}"`,
    `Give the code, or the name with its municipality: ${listed.join("; ")}${rest}`,
  );
}

function record(row: Row): CommunityRecord {
  const values = Object.fromEntries(
    COMMUNITY_COLUMNS.map((column) => [column, (row[column] ?? null) as string | number | null]),
  );
  return {
    barangayId: Number(row.barangay_id),
    code: String(row.code),
    name: String(row.name),
    municipalityId: Number(row.municipality_id),
    municipalityCode: String(row.municipality_code),
    municipality: String(row.municipality),
    provinceId: Number(row.province_id),
    province: String(row.province),
    values: row.community_id === null ? null : values,
    archived: Boolean(row.is_deleted),
  };
}
