import type { PlannedChange } from "../sync/planned-change.ts";
import type { UnitChange, UnitLevel, ValueChange } from "../sync/unit-change.ts";
import { columnsIn, decodeFields, encodeFields, reverseFields } from "./trail-columns.ts";

export interface StoredUnit extends Pick<UnitChange, "code" | "name" | "parent" | "action"> {
  level: UnitLevel;
  /** Id of the barangay, municipality or province. */
  unitId: number;
  province?: string | undefined;
  /** Whether only the sync of the run changes it; false where absent. */
  isSynced?: boolean;
}

/**
 * What a recorded run changed in one unit. The values are decoded when they are asked for: a national import has a million
 * of them.
 */
export class StoredChange implements UnitChange {
  readonly #unit: StoredUnit;
  readonly #encoded: string;
  readonly #form: (text: string) => string;

  /** @param encoded see encodeFields @param form what to return for a name or a text */
  constructor(unit: StoredUnit, encoded: string, form: (text: string) => string = asStored) {
    this.#unit = unit;
    this.#encoded = encoded;
    this.#form = form;
  }

  get level(): UnitLevel {
    return this.#unit.level;
  }

  get unitId(): number {
    return this.#unit.unitId;
  }

  get code(): string {
    return this.#form(this.#unit.code);
  }

  get name(): string {
    return this.#form(this.#unit.name);
  }

  get parent(): string {
    return this.#form(this.#unit.parent);
  }

  get province(): string | undefined {
    const { province } = this.#unit;
    return province === undefined ? undefined : this.#form(province);
  }

  get action(): UnitChange["action"] {
    return this.#unit.action;
  }

  get isSynced(): boolean {
    return this.#unit.isSynced ?? false;
  }

  get fields(): Record<string, ValueChange> {
    return decodeFields(this.#encoded, this.#unit.action, this.#form);
  }

  /** Whether no column changes. */
  get isEmpty(): boolean {
    return this.#encoded === "[]";
  }

  get columns(): string[] {
    return columnsIn(this.#encoded, this.action);
  }

  /** The changes as a run stores them. */
  get encoded(): string {
    return this.#encoded;
  }

  /** The change that takes this one back. @param without columns that it leaves as they are */
  reversed(without: ReadonlySet<string> = NONE): StoredChange {
    const unit = { ...this.#unit, action: OPPOSITE[this.action] };
    return new StoredChange(unit, reverseFields(this.#encoded, this.action, without), this.#form);
  }

  /** What JSON.stringify writes of it, from which `checkedPlan` makes it again. */
  toJSON(): UnitChange & { unitId: number; isSynced: boolean } {
    const { level, unitId, code, name, parent, province, action, isSynced, fields } = this;
    return { level, unitId, code, name, parent, province, action, isSynced, fields };
  }

  /** The same with another form of every name and text. */
  withTexts(form: (text: string) => string): StoredChange {
    return new StoredChange(this.#unit, this.#encoded, form);
  }
}

const NONE: ReadonlySet<string> = new Set();

/** What takes each action back. */
const OPPOSITE = { created: "removed", updated: "updated", removed: "created" } as const;

function asStored(text: string): string {
  return text;
}

/** A planned change in the form that can be stored. */
export function storedChange({ level, unitId, code, name, parent, action, fields }: PlannedChange): StoredChange {
  return new StoredChange({ level, unitId, code, name, parent, action, isSynced: true }, encodeFields(action, fields));
}
