import { CODE_COLUMN } from "../../headings/import-columns.ts";
import type { BarangayIndex } from "../../places/barangay-index.ts";
import type { PlaceNames, PlaceResolver } from "../../places/place-resolver.ts";
import type { ImportRow } from "../import-row.ts";
import { CodePlacer, type PsgcName } from "./code-placer.ts";
import { NamePlacer } from "./name-placer.ts";
import { NamedUnits } from "./named-units.ts";
import { PlaceSuggestions } from "./place-suggestions.ts";
import { type Placement, placeFinding } from "./placement.ts";

/** Finds the barangay of each row, by code, by names or by both. */
export class RowPlacer {
  /** The municipalities, provinces and regions, by name. */
  readonly units: NamedUnits;
  readonly #index: BarangayIndex;
  readonly #resolver: PlaceResolver | null;
  readonly #byCode: CodePlacer;
  readonly #byNames: NamePlacer | null;

  /**
   * @param resolver null where the file identifies barangays by code only
   * @param acceptFuzzy similarity, from 0 to 1, from which the best candidate is accepted; null to accept none
   * @param psgcName null where places have the codes of the PSGC as their own, or none has its PSGC code
   */
  constructor(
    index: BarangayIndex,
    resolver: PlaceResolver | null,
    acceptFuzzy: number | null,
    psgcName: PsgcName | null,
  ) {
    const suggestions = resolver && new PlaceSuggestions(resolver, acceptFuzzy);
    this.units = new NamedUnits(resolver);
    this.#index = index;
    this.#resolver = resolver;
    this.#byCode = new CodePlacer(index, resolver && suggestions && { resolver, suggestions }, psgcName);
    this.#byNames = resolver && suggestions && new NamePlacer(index, resolver, suggestions);
  }

  /** The row must not have findings: its code is either valid or absent. */
  place(row: ImportRow): Placement {
    if (row.code !== null) return this.#byCode.place(row, row.code);
    if (this.#byNames !== null) return this.#byNames.place(row);
    return { kind: "refused", finding: placeFinding(row, "code", CODE_COLUMN, "", "the barangay is missing") };
  }

  /**
   * Position of the barangay that a rejected row names, as far as its cells say: -1 where it is unknown or ambiguous.
   * The code counts more than the names.
   */
  positionOf({ code, names }: Pick<ImportRow, "code" | "names">): number {
    if (code !== null) return this.#byCode.positionOf(code);
    if (this.#resolver === null || names.barangay === "") return -1;
    const resolution = this.#resolver.resolve(names);
    return resolution.kind === "found" ? this.#index.find(resolution.place.barangay.code) : -1;
  }

  /** Whether a code is a barangay's, or has the form of one. */
  hasCode(code: string | null): boolean {
    return code !== null && (/^\d{10}$/.test(code) || this.#index.find(code) !== -1);
  }

  /** Whether names are those of a barangay, or of several. */
  mayName(names: PlaceNames): boolean {
    return this.#resolver !== null && names.barangay !== "" && this.#resolver.resolve(names).kind !== "unknown";
  }
}
