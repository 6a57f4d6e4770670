import type { Field } from "../fields.ts";

/** What an application's automatic coverages hold, where applications differ. */
export interface CoverageRules {
  /** Fields that are null in every automatic coverage, whatever the communities have. */
  readonly blankFields: readonly Field[];
  /**
   * Whether a unit has a coverage, of zeros, although all of its communities are archived, or all municipality coverages
   * above them.
   */
  readonly coversArchived: boolean;
  readonly names: NameRules;
  /** The largest figure that a coverage can hold. */
  readonly maxFigure: number;
}

/** How the list of the names beneath a unit is made. The names of a municipality's barangays are always distinct. */
export interface NameRules {
  /** By code point, the same on every database, or by the collation of the database. */
  readonly order: "code-point" | "collation";
  /** Whether two municipalities with one name in a province-level unit are listed once. */
  readonly distinctMunicipalities: boolean;
}
