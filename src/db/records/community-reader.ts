import { UnitError } from "../../core/errors.ts";
import { grouped } from "../../core/grouped.ts";
import { BARANGAY_CODES, PSGC_CODE_UNMATCHED, PSGC_CODES_UNKNOWN } from "../../core/places/code-kind.ts";
import { codesByRegion, unitKey } from "../../core/places/place-history.ts";
import { PlaceResolver } from "../../core/places/place-resolver.ts";
import { cutReference } from "../../core/places/place-words.ts";
import { COMMUNITY_COLUMNS, type CommunityRecord } from "../../core/records/community.ts";
import type { Session } from "../connection/session.ts";
import { read } from "../connection/statements.ts";
import { hasBarangays, readPlaceDirectory } from "../places/place-directory-reader.ts";
import { geographyMissing, hasPsgcCode, hasPsgcCodes, psgcCode } from "../places/psgc-codes.ts";
import { communitiesOf } from "../schema/schema.ts";
import { communityVersion } from "./community-version.ts";

type Row = Record<string, string | number | boolean | null>;

/** Limits the barangays read for one name: there are hundreds of the name "Poblacion". */
const CANDIDATES = 200;

/**
 * Finds one barangay and its community; in one statement if the code or name is spelled as stored.
 *
 * @param reference a code, stored or of the PSGC, a name, or a name with its municipality ("Imbatug, Baungon")
 * @throws UnitError if it is unknown, or ambiguous, with the candidates
 */
export async function readCommunity(session: Session, reference: string): Promise<CommunityRecord> {
  const text = cutReference(reference.trim());
  const rows = await findBarangays(session, text);
  const [row] = rows;
  if (row === undefined) {
    if (!(await hasBarangays(session))) throw geographyMissing(session);
    throw new UnitError(
      "UNIT_UNKNOWN",
      `no barangay has the code or name "${reference}"`,
      await hintFor(session, text),
    );
  }
  if (rows.length > 1) throw ambiguous(reference, rows);
  return record(row);
}

async function hintFor(session: Session, text: string): Promise<string> {
  const { codes } = session.schema;
  const isPsgcCode = codes === "own" && /^\d+$/.test(text);
  if (isPsgcCode) return (await hasPsgcCodes(session)) ? PSGC_CODE_UNMATCHED : PSGC_CODES_UNKNOWN;
  return `Give ${BARANGAY_CODES[codes]}, or its name with its municipality: "Imbatug, Baungon".`;
}

async function findBarangays(session: Session, text: string): Promise<Row[]> {
  const stored = session.schema.codes === "own" ? await findByStoredCode(session, text) : [];
  if (stored.length > 0) return stored;
  return /^\d+$/.test(text) ? findByPsgcCode(session, text.padStart(10, "0")) : findByName(session, text);
}

/** Codes are in one case, as a rule: looking for three forms uses the index. The exact code takes precedence. */
async function findByStoredCode(session: Session, text: string): Promise<Row[]> {
  const forms = [text, text.toUpperCase(), text.toLowerCase()];
  const rows = await select(session, "barangay.code in (?, ?, ?)", forms);
  const exact = rows.filter(({ code }) => code === text);
  return exact.length > 0 ? exact : rows;
}

/** Also finds a barangay by its code in another edition, in which its province belongs to another region. */
async function findByPsgcCode(session: Session, code: string): Promise<Row[]> {
  const rows = await select(session, hasPsgcCode(session, "barangay", "?"), [code]);
  if (rows.length > 0) return rows;
  const rest = `substr(${psgcCode(session, "barangay", "barangay")}, 3)`;
  const alike = await select(session, `${rest} = ?`, [code.slice(2)]);
  return alike.filter((row) => codesByRegion(String(row.psgc_code), String(row.province)).includes(code));
}

/** A reference, read as the name of a barangay and of the units above it. */
interface Reading {
  barangay: string;
  /** Its municipality, its municipality and province, or its province. */
  above: string[];
}

/** Looks for the name as stored first, then for every spelling that the import accepts. */
async function findByName(session: Session, reference: string): Promise<Row[]> {
  const readings = readingsOf(reference);
  const names = readings.map(({ barangay }) => barangay.toLowerCase());
  const rows = await select(session, `lower(barangay.name) in (${names.map(() => "?").join(", ")})`, names);
  const found = rows.filter((row) =>
    readings.some(({ barangay, above }) => isNamed(row, barangay) && isUnder(row, above)),
  );
  if (found.length > 0 || readings.length === 1) return found;
  const resolver = new PlaceResolver(await readPlaceDirectory(session));
  for (const { barangay, above } of readings) {
    const resolution = resolveReference(resolver, barangay, above);
    if (resolution.kind === "unknown") continue;
    const places = resolution.kind === "found" ? [resolution.place] : resolution.places;
    const codes = places.map((place) => place.barangay.code);
    return select(session, `barangay.code in (${codes.map(() => "?").join(", ")})`, codes);
  }
  return [];
}

/** A comma separates the units, but may also be part of a barangay's name, as in "Bgy. No. 42, Apaya". */
function readingsOf(reference: string): Reading[] {
  const parts = reference.split(",").map((part) => part.trim());
  const unitsAbove = [2, 1, 0].filter((count) => count < parts.length);
  return unitsAbove.map((count) => {
    const at = parts.length - count;
    return { barangay: parts.slice(0, at).join(", "), above: parts.slice(at) };
  });
}

function resolveReference(resolver: PlaceResolver, barangay: string, [first = "", second = ""]: string[]) {
  const names = { region: "", province: second, municipality: first, barangay };
  const resolution = resolver.resolve(names);
  if (resolution.kind !== "unknown" || second !== "") return resolution;
  return resolver.resolve({ ...names, province: first, municipality: "" });
}

function select(session: Session, condition: string, bindings: string[]): Promise<Row[]> {
  const { barangays, municipalities, provinces } = session.schema.relations;
  const version = communityVersion(session, "barangay.id");
  const sql = `select barangay.id as barangay_id, barangay.code, ${psgcCode(session, "barangay", "barangay")} as psgc_code, barangay.name,
      municipality.id as municipality_id, municipality.code as municipality_code, municipality.name as municipality,
      province.id as province_id, province.name as province,
      community.barangay_id as community_id, community.is_deleted, ${version.value} as version,
      ${COMMUNITY_COLUMNS.map((column) => `community.${column}`).join(", ")}
    from ${barangays} barangay
    join ${municipalities} municipality on municipality.id = barangay.municipality_id
    join ${provinces} province on province.id = municipality.province_id
    left join ${communitiesOf(session.schema, "array[barangay.id::bigint]")} community on community.barangay_id = barangay.id
    ${version.join}
   where ${condition} order by barangay.code limit ${CANDIDATES}`;
  return read<Row>(session, "bookkeeping", { sql, bindings });
}

function isNamed({ name }: Row, barangay: string): boolean {
  return String(name).toLowerCase() === barangay.toLowerCase();
}

/** Whether each name is that of the row's municipality or province. */
function isUnder(row: Row, above: readonly string[]): boolean {
  const parents = [row.municipality, row.province].map((name) => unitKey(String(name)));
  return above.every((part) => parents.includes(unitKey(part)));
}

function ambiguous(reference: string, rows: readonly Row[]): UnitError {
  const listed = rows.slice(0, 10).map((row) => `${row.code} ${row.name}, ${row.municipality}, ${row.province}`);
  const rest = rows.length > listed.length ? `; and ${grouped(rows.length - listed.length)} more` : "";
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
    version: row.version as string | null,
  };
}
