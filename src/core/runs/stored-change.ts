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
 * of them. `fields` is an own property all the same, so that structuredClone, spread and console.log see it.
 */
export class StoredChange implements UnitChange {
  readonly level: UnitLevel;
  readonly unitId: number;
  readonly code: string;
  readonly name: string;
  readonly parent: string;
  readonly province: string | undefined;
  readonly action: UnitChange["action"];
  readonly isSynced: boolean;
  declare readonly fields: Record<string, ValueChange>;
  readonly #encoded: string;
  readonly #form: (text: string) => string;

  /** @param encoded see encodeFields @param form what to return for a text among the values */
  constructor(unit: StoredUnit, encoded: string, form: (text: string) => string = asStored) {
    this.level = unit.level;
    this.unitId = unit.unitId;
    this.code = unit.code;
    this.name = unit.name;
    this.parent = unit.parent;
    this.province = unit.province;
    this.action = unit.action;
    this.isSynced = unit.isSynced ?? false;
    this.#encoded = encoded;
    this.#form = form;
    Object.defineProperty(this, "fields", StoredChange.#fields);
  }

  /** One for all changes, so that they share a hidden class. */
  static readonly #fields: PropertyDescriptor & ThisType<StoredChange> = {
    enumerable: true,
    get() {
      return decodeFields(this.#encoded, this.action, this.#form);
    },
  };

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
    const reversed = reverseFields(this.#encoded, this.action, without);
    return new StoredChange({ ...unitOf(this), action: OPPOSITE[this.action] }, reversed, this.#form);
  }

  /** The same with another form of every name and text. */
  withTexts(form: (text: string) => string): StoredChange {
    const { code, name, parent, province, ...unit } = unitOf(this);
    const names = { code: form(code), name: form(name), parent: form(parent) };
    const above = province === undefined ? undefined : form(province);
    return new StoredChange({ ...unit, ...names, province: above }, this.#encoded, form);
  }
}

/** Without `fields`, which would be decoded. */
function unitOf({ level, unitId, code, name, parent, province, action, isSynced }: StoredChange): StoredUnit {
  return { level, unitId, code, name, parent, province, action, isSynced };
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
