import { grouped } from "../../grouped.ts";
import type { BarangayIndex } from "../../places/barangay-index.ts";
import type { FoundBarangay, NameResolution, PlaceNames, PlaceResolver } from "../../places/place-resolver.ts";
import type { ImportRow } from "../import-row.ts";
import type { RowFinding } from "../row-finding.ts";
import { type PlaceSuggestions, percent } from "./place-suggestions.ts";
import { describePlace, type Placement, placeFinding } from "./placement.ts";

/** Finds the barangay of a row by the names of its places. */
export class NamePlacer {
  readonly #index: BarangayIndex;
  readonly #resolver: PlaceResolver;
  readonly #suggestions: PlaceSuggestions;

  constructor(index: BarangayIndex, resolver: PlaceResolver, suggestions: PlaceSuggestions) {
    this.#index = index;
    this.#resolver = resolver;
    this.#suggestions = suggestions;
  }

  place(row: ImportRow): Placement {
    const { names } = row;
    const resolution = this.#resolver.resolve(names);
    if (resolution.kind === "found") return this.#placed(resolution.place, null);
    const candidates = this.#suggestions.find(names, resolution);
    const accepted = this.#suggestions.accepted(candidates);
    if (accepted !== null) {
      const message = `matched to ${describePlace(accepted.place)}, ${percent(accepted.score)} similar`;
      return this.#placed(accepted.place, placeFinding(row, "fuzzy", "barangay", names.barangay, message));
    }
    const kind = resolution.kind === "ambiguous" ? "place-ambiguous" : "place-unknown";
    const { column } = resolution;
    const finding = placeFinding(row, kind, column, names[column], explain(names, resolution));
    return { kind: "refused", finding: this.#suggestions.addTo(finding, candidates) };
  }

  #placed(place: FoundBarangay, warning: RowFinding | null): Placement {
    const { code } = place.barangay;
    return { kind: "placed", position: this.#index.find(code), code, place, warning: warning && { ...warning, code } };
  }
}

/** Why names are those of no barangay, or of several. */
function explain(names: PlaceNames, resolution: Exclude<NameResolution, { kind: "found" }>): string {
  const within = [names.municipality, names.province].filter((name) => name !== "").join(", ");
  if (resolution.kind === "ambiguous") {
    return `the name matches ${grouped(resolution.places.length)} barangays; give the code, or the full name as in the PSGC`;
  }
  const level = resolution.column;
  if (level === "barangay") return `no barangay of ${within} has this name`;
  if (level === "municipality" && names.municipality === "") return "the municipality and the province are missing";
  const above = level === "municipality" && names.province !== "" ? ` in ${names.province}` : "";
  return `no ${level} has this name${above}`;
}
