import { nearestPlaces, type PlaceCandidate } from "../../places/place-candidates.ts";
import type { NameResolution, PlaceNames, PlaceResolver } from "../../places/place-resolver.ts";
import type { CandidateSummary, RowFinding } from "../row-finding.ts";
import { describePlace } from "./placement.ts";

/** The best candidate is accepted only where its score exceeds the next by this much. */
const CLEAR_LEAD = 0.05;
/**
 * Candidates are searched for this many rows at most: a search takes milliseconds, and every row may be bad. More where
 * similar names are to be accepted.
 */
const MAX_SUGGESTED = 1_000;
const MAX_SUGGESTED_TO_ACCEPT = 20_000;
/** No place has a name of so many words; comparing one takes a hundred times as long. */
const MAX_WORDS = 12;

/** The barangays whose names resemble those of a row that names none. */
export class PlaceSuggestions {
  readonly #resolver: PlaceResolver;
  readonly #acceptFuzzy: number | null;
  #searches = 0;

  /** @param acceptFuzzy similarity, from 0 to 1, from which the best candidate is accepted; null to accept none */
  constructor(resolver: PlaceResolver, acceptFuzzy: number | null) {
    this.#resolver = resolver;
    this.#acceptFuzzy = acceptFuzzy;
  }

  /** The most similar barangays, the best first. */
  find(names: PlaceNames, resolution: NameResolution): PlaceCandidate[] {
    this.#searches += 1;
    const limit = this.#acceptFuzzy === null ? MAX_SUGGESTED : MAX_SUGGESTED_TO_ACCEPT;
    if (this.#searches > limit || Object.values(names).some(isTooLong)) return [];
    return nearestPlaces(this.#resolver, names, resolution);
  }

  /** The best candidate, if it is similar enough and no other is nearly as similar. */
  accepted([first, second]: readonly PlaceCandidate[]): PlaceCandidate | null {
    if (this.#acceptFuzzy === null || first === undefined || first.score < this.#acceptFuzzy) return null;
    return first.score - (second?.score ?? 0) >= CLEAR_LEAD ? first : null;
  }

  /** The finding with its candidates, which its message names. Their scores show why --accept-fuzzy accepts none of them. */
  addTo(finding: RowFinding, candidates: readonly PlaceCandidate[]): RowFinding {
    const listed = candidates.map(({ place, score }) => {
      const named = `${place.barangay.code} ${describePlace(place)}`;
      return this.#acceptFuzzy === null ? named : `${named} (${percent(score)} similar)`;
    });
    const nearest = listed.length === 0 ? "" : `; nearest: ${listed.join("; ")}`;
    return { ...finding, message: finding.message + nearest, candidates: candidates.map(summarize) };
  }
}

function isTooLong(name: string): boolean {
  return name.split(/\s+/, MAX_WORDS + 1).length > MAX_WORDS;
}

function summarize({ place, score }: PlaceCandidate): CandidateSummary {
  return {
    code: place.barangay.code,
    barangay: place.barangay.name,
    municipality: place.municipality.name,
    province: place.municipality.provinceName,
    score: Math.round(score * 100) / 100,
  };
}

export function percent(score: number): string {
  return `${Math.round(score * 100)} %`;
}
