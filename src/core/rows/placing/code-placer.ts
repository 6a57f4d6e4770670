import { CODE_COLUMN } from "../../headings/import-columns.ts";
import type { BarangayIndex } from "../../places/barangay-index.ts";
import type { FoundBarangay } from "../../places/place-resolver.ts";
import type { ImportRow } from "../import-row.ts";
import { checkNames, type NamedPlaces } from "./code-and-names.ts";
import { describePlace, type Placement, placeFinding } from "./placement.ts";

/** The names of a barangay of the PSGC and its municipality, by its code; null if the edition has no such barangay. */
export type PsgcName = (code: string) => string | null;

/** What to do about a PSGC code that no place has. */
const GIVE_INSTEAD = "give the names instead, or the code of the place in the database";

/** Finds the barangay of a row by its code. */
export class CodePlacer {
  readonly #index: BarangayIndex;
  readonly #named: NamedPlaces | null;
  readonly #psgcName: PsgcName | null;
  readonly #byCode: ReadonlyMap<string, FoundBarangay>;

  /**
   * @param named null where the file identifies barangays by code only
   * @param psgcName null where places have the codes of the PSGC as their own, or none has its PSGC code
   */
  constructor(index: BarangayIndex, named: NamedPlaces | null, psgcName: PsgcName | null) {
    this.#index = index;
    this.#named = named;
    this.#psgcName = psgcName;
    this.#byCode = new Map(
      named?.resolver.directory.municipalities.flatMap((municipality) =>
        municipality.barangays.map((barangay) => [barangay.code, { barangay, municipality }] as const),
      ),
    );
  }

  place(row: ImportRow, code: string): Placement {
    const position = this.#index.find(code);
    return position === -1 ? this.#byOtherRegion(row, code) : this.#at(row, position);
  }

  /** Position of the barangay that a code means, also one of another edition; -1 where it is unknown. */
  positionOf(code: string): number {
    const position = this.#index.find(code);
    return position === -1 ? this.#index.find(this.#index.codeInOtherRegion(code) ?? "") : position;
  }

  #at(row: ImportRow, position: number): Placement {
    const code = this.#index.codeAt(position);
    const place = this.#byCode.get(code) ?? null;
    const hasNames = Object.values(row.names).some((name) => name !== "");
    if (this.#named === null || place === null || !hasNames) {
      return { kind: "placed", position, code, place, warning: null };
    }
    return checkNames(this.#named, row, position, place);
  }

  /**
   * Handles a code that no barangay has. A province that changes region changes its codes (Sulu, July 2025), so the
   * file may have the codes of another edition. The code stays unknown where the row's names contradict the barangay.
   */
  #byOtherRegion(row: ImportRow, given: string): Placement {
    const code = this.#index.codeInOtherRegion(given);
    if (code === null) return this.#unknown(row, given);
    const placement = this.#at(row, this.#index.find(code));
    if (placement.kind === "refused" || placement.warning !== null) return this.#unknown(row, given);
    const where = placement.place === null ? placement.code : `${placement.code} ${describePlace(placement.place)}`;
    const message = `no barangay has this code; matched to ${where}, whose code differs only in the region`;
    const warning = { ...placeFinding(row, "recoded", CODE_COLUMN, given, message), code: placement.code };
    return { ...placement, warning };
  }

  #unknown(row: ImportRow, code: string): Placement {
    const finding = placeFinding(row, "code-unknown", CODE_COLUMN, code, this.#explain(code));
    if (this.#named === null || row.names.barangay === "") return { kind: "refused", finding };
    const { resolver, suggestions } = this.#named;
    const candidates = suggestions.find(row.names, resolver.resolve(row.names));
    return { kind: "refused", finding: suggestions.addTo(finding, candidates) };
  }

  #explain(code: string): string {
    const isPsgcCode = /^\d{10}$/.test(code);
    if (!isPsgcCode) return "no barangay has this code; check it, or give the ten-digit PSGC code or the names";
    if (!this.#index.hasPsgcCodes) {
      return "the PSGC codes of the places are not known yet; find them with obc-sync import geography, or give the names";
    }
    if (this.#psgcName === null) {
      return "no barangay has this code; check its digits, or import a newer edition with obc-sync import geography FILE";
    }
    const name = this.#psgcName(code);
    return name === null
      ? `no place of the database has this PSGC code; check its digits, or ${GIVE_INSTEAD}`
      : `this is the PSGC code of ${name}, but obc-sync import geography matched no place of the database to it; ${GIVE_INSTEAD}`;
  }
}
