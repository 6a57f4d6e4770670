import { CODE_COLUMN } from "../../headings/import-columns.ts";
import type { PlaceCandidate } from "../../places/place-candidates.ts";
import type { FoundBarangay, PlaceNames, PlaceResolver } from "../../places/place-resolver.ts";
import type { ImportRow } from "../import-row.ts";
import type { PlaceSuggestions } from "./place-suggestions.ts";
import { describePlace, type Placement, placeFinding } from "./placement.ts";

/** Below this similarity, the names in a row contradict its code. */
const SAME_PLACE = 0.8;

/** The names of the places, and what resembles them. */
export interface NamedPlaces {
  resolver: PlaceResolver;
  suggestions: PlaceSuggestions;
}

/**
 * Checks that the code and the names of a row agree: it is placed where they do, with a warning if they are spelled
 * differently.
 *
 * @param position of the barangay that has the row's code, in the index
 */
export function checkNames(
  { resolver, suggestions }: NamedPlaces,
  row: ImportRow,
  position: number,
  place: FoundBarangay,
): Placement {
  const code = place.barangay.code;
  const placed: Placement = { kind: "placed", position, code, place, warning: null };
  const disagreeing = (named: PlaceCandidate[]): Placement => ({
    kind: "refused",
    finding: suggestions.addTo(contradiction(row, place), named),
  });
  const { municipality } = place;
  // Without the municipality and the province, the row says only that its code's municipality has such a barangay.
  const isBare = row.names.municipality === "" && row.names.province === "";
  const names = isBare
    ? { ...row.names, municipality: municipality.name, province: municipality.provinceName }
    : row.names;
  if (isWrittenSo(names, place)) return placed;
  if (names.barangay === "") {
    if (isBare) return placed;
    const { column, pools } = resolver.municipalitiesOf(names);
    return column === null && pools.flat().includes(municipality) ? placed : disagreeing([]);
  }
  const resolution = isBare ? resolver.resolveWithin(municipality, names) : resolver.resolve(names);
  if (resolution.kind === "found" && resolution.place.barangay.code === code) return placed;
  if (resolution.kind === "ambiguous" && resolution.places.some(({ barangay }) => barangay.code === code)) {
    return placed;
  }
  const candidates = suggestions.find(names, resolution);
  const same = candidates.find((candidate) => candidate.place.barangay.code === code);
  if (resolution.kind === "unknown" && same === candidates[0] && same !== undefined && same.score >= SAME_PLACE) {
    const message = `the code is that of ${describePlace(place)}, which is spelled differently`;
    return { ...placed, warning: placeFinding(row, "spelling", "barangay", names.barangay, message) };
  }
  return disagreeing(resolution.kind === "found" ? [{ place: resolution.place, score: 1 }] : candidates);
}

/** Whether the names are exactly the official ones, as in a template and in most rows with a code. */
function isWrittenSo(names: PlaceNames, { barangay, municipality }: FoundBarangay): boolean {
  return (
    names.barangay === barangay.name &&
    names.municipality === municipality.name &&
    (names.province === "" || names.province === municipality.provinceName) &&
    names.region === ""
  );
}

function contradiction(row: ImportRow, place: FoundBarangay) {
  const { barangay, municipality, province } = row.names;
  const value = [barangay, municipality, province].filter((name) => name !== "").join(", ");
  const message = `the code is that of ${describePlace(place)}, but the names are not`;
  return placeFinding(row, "place-disagrees", CODE_COLUMN, value, message);
}
