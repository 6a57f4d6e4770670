import { isField } from "../../core/fields.ts";
import type { LaterChange } from "../../core/reverts/revert-plan.ts";
import type { UnitState } from "../../core/reverts/unit-step.ts";
import type { KeptChange } from "../../core/runs/kept-change.ts";
import { StoredChange } from "../../core/runs/stored-change.ts";
import { LEVELS, type Level } from "../../core/sync/level.ts";
import type { UnitChange, UnitLevel, UnitValue } from "../../core/sync/unit-change.ts";
import type { RowReader } from "../connection/row-reader.ts";
import type { Session } from "../connection/session.ts";
import { streamRows } from "../connection/statements.ts";
import type { Statement } from "../dialect/statement.ts";
import { communityVersion } from "../records/community-version.ts";
import { blankValues, UNIT_TABLES } from "../runs/unit-tables.ts";
import { keptSource } from "../runs/value-store.ts";
import { COVERAGE_TABLES } from "../schema/coverage-tables.ts";

/** Called with each changed unit as it is now. What it keeps of 43,784 of them is for it to decide. */
type Take = (unit: UnitState) => void;

/** The codes of the places whose coverages depend on the changed units, by id. */
export interface PlacesAbove {
  municipalities: Map<number, string>;
  provinces: Map<number, string>;
}

/** What a run changed beside what is stored now, with one statement for each level. */
export function readStatesOfRun(session: Session, run: number, take: Take): Promise<PlacesAbove> {
  const { runValues } = session.schema.bookkeeping;
  return readStates(session, take, async (level) => ({
    sql: `(select * from ${runValues} kept where run_id = ? and level = ?)`,
    bindings: [run, level],
  }));
}

/** Given changes beside what is stored now, with one statement for each level. */
export function readStatesOf(session: Session, changes: readonly KeptChange[], take: Take): Promise<PlacesAbove> {
  return readStates(session, take, (level) =>
    keptSource(
      session,
      changes.filter((change) => change.level === level),
    ),
  );
}

async function readStates(
  session: Session,
  take: Take,
  keptAt: (level: UnitLevel) => Promise<Statement>,
): Promise<PlacesAbove> {
  const above: PlacesAbove = { municipalities: new Map(), provinces: new Map() };
  const takeRow = (row: RowReader, shape: Shape) => {
    take(stateOf(row, shape));
    addPlaces(row, above);
  };
  await readCommunities(session, await keptAt("community"), takeRow);
  for (const level of LEVELS) await readCoverages(session, await keptAt(level), level, takeRow);
  return above;
}

type TakeRow = (row: RowReader, shape: Shape) => void;

const KEPT = "kept.unit_id, kept.code, kept.action, kept.changes, kept.synced";

async function readCommunities(session: Session, from: Statement, takeRow: TakeRow): Promise<void> {
  const { obc_communities, barangays, municipalities, provinces } = session.schema.relations;
  const version = communityVersion(session, "kept.unit_id");
  const { columns } = UNIT_TABLES.community;
  const blank = blankValues(session, "community");
  const query = {
    sql: `select ${KEPT}, barangay.id as place_id, barangay.code as place_code, barangay.name, municipality.name as parent, province.name as province,
        municipality.id as municipality_id, municipality.code as municipality_code,
        province.id as province_id, province.code as province_code,
        stored.barangay_id as stored_id, ${version.value} as version, ${columns.map((column) => `stored.${column}`).join(", ")}
       from ${from.sql} kept
       left join ${barangays} barangay on barangay.id = kept.unit_id
       left join ${municipalities} municipality on municipality.id = barangay.municipality_id
       left join ${provinces} province on province.id = municipality.province_id
       left join ${obc_communities} stored on stored.barangay_id = kept.unit_id
       ${version.join}`,
    bindings: from.bindings,
  };
  await streamRows(session, "read", query, (row) => takeRow(row, { level: "community", columns, blank }));
}

async function readCoverages(session: Session, from: Statement, level: Level, takeRow: TakeRow): Promise<void> {
  const { relations } = session.schema;
  const { units, coverages, key, parents, parentKey } = COVERAGE_TABLES[level];
  const { columns } = UNIT_TABLES[level];
  const blank = blankValues(session, level);
  const above =
    level === "municipality"
      ? "unit.id as municipality_id, unit.code as municipality_code, parent.id as province_id, parent.code as province_code"
      : "null as municipality_id, null as municipality_code, unit.id as province_id, unit.code as province_code";
  const query = {
    sql: `select ${KEPT}, unit.id as place_id, unit.code as place_code, unit.name, parent.name as parent, null as province, ${above},
        stored.${key} as stored_id, ${session.dialect.expressions.rowVersion("stored")} as version, ${columns.map((column) => `stored.${column}`).join(", ")}
       from ${from.sql} kept
       left join ${relations[units]} unit on unit.id = kept.unit_id
       left join ${relations[parents]} parent on parent.id = unit.${parentKey}
       left join ${relations[coverages]} stored on stored.${key} = kept.unit_id`,
    bindings: from.bindings,
  };
  await streamRows(session, "read", query, (row) => takeRow(row, { level, columns, blank }));
}

interface Shape {
  level: UnitLevel;
  columns: readonly string[];
  blank: UnitState["blank"];
}

function stateOf(row: RowReader, { level, columns, blank }: Shape): UnitState {
  const unit = {
    level,
    unitId: Number(row.value("unit_id")),
    code: textOf(row, "code"),
    name: String(row.value("name") ?? row.value("code")),
    parent: textOf(row, "parent"),
    province: level === "community" ? textOf(row, "province") : undefined,
    action: row.value("action") as UnitChange["action"],
    isSynced: row.value("synced") === 1,
  };
  const values = row.values(columns[0] as string, columns.length);
  return {
    change: new StoredChange(unit, textOf(row, "changes")),
    now:
      row.value("stored_id") === null
        ? null
        : Object.fromEntries(columns.map((column, index) => [column, readValue(column, values[index] ?? null)])),
    blank,
    placeCode: row.value("place_id") === null ? null : textOf(row, "place_code"),
    version: row.value("version") as string | null,
  };
}

function addPlaces(row: RowReader, { municipalities, provinces }: PlacesAbove): void {
  const [municipality, province] = [row.value("municipality_id"), row.value("province_id")];
  if (municipality !== null) municipalities.set(Number(municipality), textOf(row, "municipality_code"));
  if (province !== null) provinces.set(Number(province), textOf(row, "province_code"));
}

function textOf(row: RowReader, column: string): string {
  return String(row.value(column) ?? "");
}

const FLAGS = ["is_deleted", "auto_sync"];

/** A driver may return a 64-bit integer as a string, and a boolean as an integer. */
function readValue(column: string, value: string | number | boolean | null): UnitValue {
  if (value === null) return null;
  if (FLAGS.includes(column)) return value === true || value === 1 || value === "t";
  if (isField(column) || column.startsWith("total_")) return Number(value);
  return value;
}

/** What later runs changed in each unit that a run changed, newest first, by level and id. */
export async function readLaterChanges(session: Session, run: number): Promise<Map<string, LaterChange[]>> {
  const { runValues } = session.schema.bookkeeping;
  const later = new Map<string, LaterChange[]>();
  const query = {
    sql: `select later.level, later.unit_id, later.run_id, later.code, later.action, later.changes
       from ${runValues} later
       join ${runValues} kept on kept.run_id = ? and kept.level = later.level and kept.unit_id = later.unit_id
      where later.run_id > ? order by later.run_id desc`,
    bindings: [run, run],
  };
  await streamRows(session, "read", query, (row) => {
    const [level, unitId] = [row.value("level") as UnitLevel, Number(row.value("unit_id"))];
    const code = String(row.value("code"));
    const unit = { level, unitId, code, name: code, parent: "", action: row.value("action") as UnitChange["action"] };
    const change = new StoredChange(unit, String(row.value("changes")));
    const key = `${level} ${unitId}`;
    later.set(key, [...(later.get(key) ?? []), { run: Number(row.value("run_id")), change }]);
  });
  return later;
}
