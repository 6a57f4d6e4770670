import type { Level } from "./level.ts";
import type { UnitChange, ValueChange } from "./unit-change.ts";

/** A value of a coverage: a figure or a list of names. Null where nothing is stored. */
export type CoverageValue = number | string | null;

export interface PlannedUnit extends Pick<UnitChange, "code" | "name" | "parent"> {
  level: Level;
  unitId: number;
  action: "created" | "updated";
  /** Version of the stored row that the plan was computed from; null where there was no row, or where it is locked. */
  version: string | null;
}

/**
 * One coverage that a sync writes. The values are kept as arrays, with one value for each computed column, because a first
 * sync of a large country plans 88,650 coverages of 35 columns; `before`, `after` and `fields` name them. These are own
 * properties, so that structuredClone, spread and JSON see them.
 */
export class PlannedChange implements UnitChange {
  readonly level: Level;
  readonly unitId: number;
  readonly code: string;
  readonly name: string;
  readonly parent: string;
  readonly action: "created" | "updated";
  readonly version: string | null;
  readonly isSynced = true;
  /** Every computed column as stored; null where there is no row yet. */
  declare readonly before: Record<string, CoverageValue>;
  /** Every computed column as the sync writes it. */
  declare readonly after: Record<string, CoverageValue>;
  declare readonly fields: Record<string, ValueChange<CoverageValue>>;
  readonly #columns: readonly string[];
  readonly #stored: readonly CoverageValue[];
  /** The values to write, ordered as the computed columns of the level. */
  readonly values: readonly CoverageValue[];

  /** @param stored all null where there is no row yet */
  constructor(
    unit: PlannedUnit,
    columns: readonly string[],
    stored: readonly CoverageValue[],
    values: readonly CoverageValue[],
  ) {
    this.level = unit.level;
    this.unitId = unit.unitId;
    this.code = unit.code;
    this.name = unit.name;
    this.parent = unit.parent;
    this.action = unit.action;
    this.version = unit.version;
    this.#columns = columns;
    this.#stored = stored;
    this.values = values;
    Object.defineProperty(this, "before", PlannedChange.#before);
    Object.defineProperty(this, "after", PlannedChange.#after);
    Object.defineProperty(this, "fields", PlannedChange.#fields);
  }

  // One descriptor for all changes, so that they share a hidden class.
  static readonly #before = named((change: PlannedChange) => change.#named(change.#stored));
  static readonly #after = named((change: PlannedChange) => change.#named(change.values));
  static readonly #fields = named((change: PlannedChange) => change.#differing());

  #differing(): Record<string, ValueChange<CoverageValue>> {
    const differing: Record<string, ValueChange<CoverageValue>> = {};
    for (const [index, column] of this.#columns.entries()) {
      const [before, after] = [this.#stored[index] ?? null, this.values[index] ?? null];
      if (before !== after) differing[column] = { before, after };
    }
    return differing;
  }

  /** The same with another form of every name and text; the change itself where all have that form already. */
  withTexts(form: (text: string) => string): PlannedChange {
    const isFormed = (value: CoverageValue) => typeof value !== "string" || form(value) === value;
    const texts = [this.code, this.name, this.parent];
    if (texts.every(isFormed) && this.#stored.every(isFormed) && this.values.every(isFormed)) return this;
    const formed = (values: readonly CoverageValue[]) =>
      values.map((value) => (typeof value === "string" ? form(value) : value));
    const { level, unitId, action, version } = this;
    const [code, name, parent] = [form(this.code), form(this.name), form(this.parent)];
    const unit = { level, unitId, code, name, parent, action, version };
    return new PlannedChange(unit, this.#columns, formed(this.#stored), formed(this.values));
  }

  #named(values: readonly CoverageValue[]): Record<string, CoverageValue> {
    return Object.fromEntries(this.#columns.map((column, index) => [column, values[index] ?? null]));
  }
}

function named(values: (change: PlannedChange) => object): PropertyDescriptor & ThisType<PlannedChange> {
  return {
    enumerable: true,
    get() {
      return values(this);
    },
  };
}
