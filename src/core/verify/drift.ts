import { FIELDS, type Field } from "../fields.ts";
import { compareCodePoints } from "../places/code-point-order.ts";
import type { CoverageRules } from "../sync/coverage-rules.ts";
import type { Level } from "../sync/level.ts";
import type { CoverageValue } from "../sync/planned-change.ts";
import { type SyncFinding, tooLargeFigures } from "../sync/sync-finding.ts";
import { municipalityColumns, provinceColumns } from "../sync/sync-plan.ts";

/**
 * Computes what each coverage should hold independently of the sync query, so that a bug in that query cannot hide
 * itself. The database supplies plain sums only; this file decides which units count, which figures a province adds
 * up, and how names are joined. A province adds up sums of communities, not coverages, except where a manual coverage
 * replaces them.
 */

/** Sums by column name. */
export type FieldTotals = Record<string, number>;

export interface LevelTotals {
  communities: FieldTotals;
  municipalities: FieldTotals;
  provinces: FieldTotals;
}

/**
 * missing: there is no coverage row; stale: the row differs from the expected values; orphan: the row has figures, but
 * the unit has no communities.
 */
export type DriftKind = "missing" | "stale" | "orphan";

export interface Drift {
  level: Level;
  code: string;
  name: string;
  parent: string;
  kind: DriftKind;
  /** Only the columns that differ. */
  fields: Record<string, { stored: CoverageValue; expected: CoverageValue }>;
}

/** The columns of each level, curated fields included, ordered as `StoredCoverage.values`. */
export const DRIFT_COLUMNS: Record<Level, readonly string[]> = {
  municipality: municipalityColumns(FIELDS),
  province: provinceColumns(FIELDS),
};

export interface StoredCoverage {
  /** One for each of the level's DRIFT_COLUMNS, in the same order. */
  values: readonly CoverageValue[];
  autoSync: boolean;
  isDeleted: boolean;
}

export interface UnitFacts {
  id: number;
  code: string;
  name: string;
  parent: string;
  stored: StoredCoverage | null;
}

/** The sums of the communities of one unit, without archived communities. */
export interface CommunitySums {
  communities: number;
  /** One for each of FIELDS, in the same order. */
  sums: readonly number[];
}

export interface MunicipalityFacts extends UnitFacts {
  provinceId: number;
  /** False for a municipality outside the scope whose province is in it: its stored figures are used unchecked. */
  inScope: boolean;
  /** The position of the name among those of all municipalities, in the collation of the database. */
  nameRank: number;
  /**
   * Null where there is nothing that a coverage would be created for. Names are fetched on demand: all of them would not
   * fit in memory. They have the order of the database's collation where the rules order by it.
   */
  beneath: (CommunitySums & { barangayNames: () => string[] }) | null;
}

/** Receives the units one at a time, all municipalities before the first province. */
export interface UnitFactsReceiver {
  addMunicipality(facts: MunicipalityFacts): void;
  addProvince(facts: UnitFacts): void;
}

export interface DriftFindings {
  drift: Drift[];
  /** Coverages that differ, and whose expected figures are too large to be stored: a sync leaves them out. */
  findings: SyncFinding[];
  totals: LevelTotals;
  checked: { municipalities: number; provinces: number };
}

const SUMMED = ["total_obc_communities", ...FIELDS] as const;

/** What the municipalities of one province contribute to its coverage. */
interface Counted {
  /** The municipalities that have a coverage or should have one. */
  municipalities: Array<Pick<MunicipalityFacts, "name" | "nameRank">>;
  /** Whether the province-level unit has communities, archived ones included where the rules count them. */
  hasCommunities: boolean;
  /** Their communities, or the stored figures of manual coverages and of those out of scope; one for each of SUMMED. */
  sums: number[];
}

/**
 * Compares every automatic coverage with its expected values. It keeps the differences and the totals but not the
 * facts, which would take several hundred megabytes for a country fifty times the size.
 */
export class DriftFinder implements UnitFactsReceiver {
  readonly #isComputed: Record<Level, readonly boolean[]>;
  readonly #rules: CoverageRules;
  /** For each of FIELDS. */
  readonly #isBlank: readonly boolean[];
  readonly #counted = new Map<number, Counted>();
  readonly #findings: DriftFindings;
  readonly #totals = { communities: zeros(), municipalities: zeros(), provinces: zeros() };

  /** @param fields the fields that sync computes; curated fields are not compared */
  constructor(fields: readonly Field[], rules: CoverageRules) {
    this.#rules = rules;
    this.#isBlank = FIELDS.map((field) => rules.blankFields.includes(field));
    const computed = new Set([...municipalityColumns(fields), ...provinceColumns(fields)]);
    const isComputed = (level: Level) => DRIFT_COLUMNS[level].map((column) => computed.has(column));
    this.#isComputed = { municipality: isComputed("municipality"), province: isComputed("province") };
    const none = { communities: {}, municipalities: {}, provinces: {} };
    this.#findings = { drift: [], findings: [], totals: none, checked: { municipalities: 0, provinces: 0 } };
  }

  addMunicipality(municipality: MunicipalityFacts): void {
    const { beneath, stored, inScope } = municipality;
    this.#count(municipality);
    if (beneath !== null) addTo(this.#totals.communities, [beneath.communities, ...beneath.sums]);
    if (!inScope) return;
    if (stored !== null && !stored.isDeleted) addTo(this.#totals.municipalities, figuresOf("municipality", stored));
    if (!isChecked(stored, beneath === null)) return;
    this.#findings.checked.municipalities += 1;
    this.#compare("municipality", municipality, beneath === null, [
      beneath?.communities ?? 0,
      this.#joined([...new Set(beneath?.barangayNames())]),
      ...this.#expected(beneath?.sums ?? FIELDS.map(() => 0)),
    ]);
  }

  addProvince(province: UnitFacts): void {
    const { stored } = province;
    const { municipalities, hasCommunities, sums } = this.#counted.get(province.id) ?? nothingCounted();
    if (stored !== null && !stored.isDeleted) addTo(this.#totals.provinces, figuresOf("province", stored));
    const isEmpty = municipalities.length === 0 && !(this.#rules.coversArchived && hasCommunities);
    if (!isChecked(stored, isEmpty)) return;
    this.#findings.checked.provinces += 1;
    const [communities, ...figures] = sums as [number, ...number[]];
    const names = this.#namesOf(municipalities);
    const expected = [municipalities.length, communities, this.#joined(names), ...this.#expected(figures)];
    this.#compare("province", province, isEmpty, expected);
  }

  findings(): DriftFindings {
    const named = (totals: readonly number[]) =>
      Object.fromEntries(SUMMED.map((column, index) => [column, totals[index] as number]));
    const { communities, municipalities, provinces } = this.#totals;
    const totals = {
      communities: named(communities),
      municipalities: named(municipalities),
      provinces: named(provinces),
    };
    return { ...this.#findings, totals };
  }

  #count(municipality: MunicipalityFacts): void {
    const { provinceId, name, nameRank, stored, inScope, beneath } = municipality;
    const counted = this.#counted.get(provinceId) ?? nothingCounted();
    this.#counted.set(provinceId, counted);
    if (beneath !== null) counted.hasCommunities = true;
    if (!isCounted(municipality)) return;
    counted.municipalities.push({ name, nameRank });
    // The province adds up the stored figures of a manual coverage, not its communities. The communities of a
    // municipality out of scope were not read.
    if (stored !== null && (!inScope || !stored.autoSync)) addTo(counted.sums, figuresOf("municipality", stored));
    else if (beneath !== null) addTo(counted.sums, [beneath.communities, ...beneath.sums]);
  }

  #namesOf(municipalities: Counted["municipalities"]): string[] {
    // A collation may take different names for the same.
    const inOrder = municipalities.toSorted(
      (left, right) => left.nameRank - right.nameRank || compareCodePoints(left.name, right.name),
    );
    const names = inOrder.map(({ name }) => name);
    return this.#rules.names.distinctMunicipalities ? [...new Set(names)] : names;
  }

  /** @param names in the order of the database's collation */
  #joined(names: readonly string[]): string {
    return (this.#rules.names.order === "collation" ? names : names.toSorted(compareCodePoints)).join(", ");
  }

  /** @param sums one for each of FIELDS */
  #expected(sums: readonly number[]): CoverageValue[] {
    return sums.map((sum, index) => (this.#isBlank[index] ? null : sum));
  }

  #compare(level: Level, unit: UnitFacts, isEmpty: boolean, expected: readonly CoverageValue[]): void {
    const { id: unitId, code, name, parent, stored } = unit;
    const fields: Drift["fields"] = {};
    const isComputed = this.#isComputed[level];
    let differs = false;
    expected.forEach((value, index) => {
      const storedValue = stored?.values[index] ?? null;
      if (storedValue === value || !isComputed[index]) return;
      fields[DRIFT_COLUMNS[level][index] as string] = { stored: storedValue, expected: value };
      differs = true;
    });
    if (!differs) return;
    const tooLarge = tooLargeFigures(
      DRIFT_COLUMNS[level],
      expected.map((value, index) => (isComputed[index] ? value : null)),
      this.#rules.maxFigure,
    );
    if (tooLarge !== null) {
      this.#findings.findings.push({
        kind: "figure-too-large",
        level,
        unitId,
        code,
        name,
        parent,
        fields: tooLarge,
        limit: this.#rules.maxFigure,
      });
      return;
    }
    const kind: DriftKind = stored === null ? "missing" : isEmpty ? "orphan" : "stale";
    this.#findings.drift.push({ level, code, name, parent, kind, fields });
  }
}

/** Where each of SUMMED is among the columns of a level. */
const PLACES_OF_SUMMED: Record<Level, readonly number[]> = {
  municipality: SUMMED.map((column) => DRIFT_COLUMNS.municipality.indexOf(column)),
  province: SUMMED.map((column) => DRIFT_COLUMNS.province.indexOf(column)),
};

/** The values of a stored coverage for each of SUMMED; null counts as 0. */
function figuresOf(level: Level, { values }: StoredCoverage): number[] {
  return PLACES_OF_SUMMED[level].map((place) => Number(values[place] ?? 0));
}

/** Sync does not change manual and archived coverages, and creates none for a unit without communities. */
function isChecked(stored: StoredCoverage | null, isEmpty: boolean): boolean {
  return stored === null ? !isEmpty : !stored.isDeleted && stored.autoSync;
}

/** Whether a municipality has a coverage that is not archived, or a sync would create one. */
function isCounted({ stored, inScope, beneath }: MunicipalityFacts): boolean {
  return stored === null ? inScope && beneath !== null : !stored.isDeleted;
}

function nothingCounted(): Counted {
  return { municipalities: [], hasCommunities: false, sums: zeros() };
}

function zeros(): number[] {
  return SUMMED.map(() => 0);
}

function addTo(totals: number[], figures: readonly number[]): void {
  figures.forEach((figure, index) => {
    totals[index] = (totals[index] as number) + figure;
  });
}
