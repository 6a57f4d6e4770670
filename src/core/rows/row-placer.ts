import { grouped } from "../grouped.ts";
import { CODE_COLUMN } from "../headings/import-columns.ts";
import type { UnitNames } from "../headings/unit-headings.ts";
import type { BarangayIndex } from "../places/barangay-index.ts";
import { nearestPlaces, type PlaceCandidate } from "../places/place-candidates.ts";
import { regionsNamed, unitKey } from "../places/place-history.ts";
import type { FoundBarangay, NameResolution, PlaceNames, PlaceResolver } from "../places/place-resolver.ts";
import type { ImportRow } from "./import-row.ts";
import type { CandidateSummary, RowFinding } from "./row-finding.ts";

/** The barangay of a row, or why the row is rejected. */
export type Placement =
  | {
      kind: "placed";
      /** Position of the barangay in the index. */
      position: number;
      code: string;
      /** Null where the file identifies barangays by code only. */
      place: FoundBarangay | null;
      warning: RowFinding | null;
    }
  | { kind: "refused"; finding: RowFinding };

/** The names of a barangay of the PSGC and its municipality, by its code; null if the edition has no such barangay. */
export type PsgcName = (code: string) => string | null;

/** What to do about a PSGC code that no place has. */
const GIVE_INSTEAD = "give the names instead, or the code of the place in the database";

/** Below this similarity, the names in a row contradict its code. */
const SAME_PLACE = 0.8;
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

/** Finds the barangay of each row, by code, by names or by both. */
export class RowPlacer {
  readonly #index: BarangayIndex;
  readonly #resolver: PlaceResolver | null;
  readonly #acceptFuzzy: number | null;
  readonly #psgcName: PsgcName | null;
  readonly #byCode: ReadonlyMap<string, FoundBarangay>;
  #suggested = 0;

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
    this.#index = index;
    this.#resolver = resolver;
    this.#acceptFuzzy = acceptFuzzy;
    this.#psgcName = psgcName;
    this.#byCode = new Map(
      resolver?.directory.municipalities.flatMap((municipality) =>
        municipality.barangays.map((barangay) => [barangay.code, { barangay, municipality }] as const),
      ),
    );
  }

  /** The row must not have findings: its code is either valid or absent. */
  place(row: ImportRow): Placement {
    if (row.code === null) return this.#byNames(row);
    const position = this.#index.find(row.code);
    return position === -1 ? this.#byOtherRegion(row, row.code) : this.#byCodeAt(row, position);
  }

  /**
   * Position of the barangay that a rejected row names, as far as its cells say: -1 where it is unknown or ambiguous.
   * The code counts more than the names.
   */
  positionOf({ code, names }: Pick<ImportRow, "code" | "names">): number {
    if (code !== null) {
      const position = this.#index.find(code);
      return position === -1 ? this.#index.find(this.#index.codeInOtherRegion(code) ?? "") : position;
    }
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

  /** Whether a name is that of a municipality within these units, or of a province. */
  mayBeUnit(name: string, { region, province }: PlaceNames): boolean {
    if (this.#resolver === null) return false;
    const { pools } = this.#resolver.municipalitiesOf({ region, province, municipality: name, barangay: "" });
    return pools.length > 0 || this.#resolver.directory.provincesNamed(unitKey(name)).size > 0;
  }

  /** Of the units that the titles of a file name, those that exist: a title may say anything. */
  existing({ region = "", province = "", municipality = "" }: UnitNames): UnitNames {
    const exists = (names: UnitNames) => {
      const match = this.#resolver?.municipalitiesOf({
        region: "",
        province: "",
        municipality: "",
        barangay: "",
        ...names,
      });
      return match !== undefined && match.pools.length > 0;
    };
    const isRegion = region !== "" && regionsNamed(region).length > 0;
    const around: UnitNames = { ...(isRegion ? { region } : {}) };
    if (province !== "" && exists({ ...around, province })) around.province = province;
    if (municipality !== "" && exists({ ...around, municipality })) around.municipality = municipality;
    return around;
  }

  /** Whether a name is that of a municipality, a province or a region. */
  isUnit(name: string): boolean {
    const directory = this.#resolver?.directory;
    if (directory === undefined) return false;
    const key = unitKey(name);
    return directory.named(key).length > 0 || directory.provincesNamed(key).size > 0 || regionsNamed(name).length > 0;
  }

  /**
   * The units that a name without a word for its level means: "Damulog" or "Damulog, Bukidnon". Null unless there is exactly
   * one such municipality or province.
   *
   * @param around the units around it, as far as they are known
   * @param isOfOneProvince whether the province is certain, so that the name can be no province's
   */
  unitsNamed(name: string, around: PlaceNames, isOfOneProvince: boolean): UnitNames | null {
    if (this.#resolver === null) return null;
    const [first = "", second = ""] = name.split(",").map((part) => part.trim());
    const within = { ...around, province: second || around.province, municipality: first, barangay: "" };
    const { column, pools } = this.#resolver.municipalitiesOf(within);
    const municipalities = column === null ? [...new Set(pools[0])] : [];
    const [municipality] = municipalities;
    // A highly urbanized city is both its municipality and its province-level unit.
    const provinces = [...this.#resolver.directory.provincesNamed(unitKey(first))].filter(
      (code) => municipality?.provinceKind === "province" || code !== municipality?.provinceCode,
    );
    const isNoProvince = provinces.length === 0 || second !== "" || (isOfOneProvince && around.province !== "");
    if (municipalities.length === 1 && isNoProvince) {
      return { municipality: first, ...(second === "" ? {} : { province: second }) };
    }
    return municipalities.length === 0 && provinces.length === 1 && second === "" ? { province: first } : null;
  }

  #byCodeAt(row: ImportRow, position: number): Placement {
    const code = this.#index.codeAt(position);
    const place = this.#byCode.get(code) ?? null;
    const hasNames = Object.values(row.names).some((name) => name !== "");
    if (this.#resolver === null || place === null || !hasNames) {
      return { kind: "placed", position, code, place, warning: null };
    }
    return this.#checked(this.#resolver, row, position, place);
  }

  /**
   * Handles a code that no barangay has. A province that changes region changes its codes (Sulu, July 2025), so the
   * file may have the codes of another edition. The code stays unknown where the row's names contradict the barangay.
   */
  #byOtherRegion(row: ImportRow, given: string): Placement {
    const code = this.#index.codeInOtherRegion(given);
    if (code === null) return this.#unknownCode(row, given);
    const placement = this.#byCodeAt(row, this.#index.find(code));
    if (placement.kind === "refused" || placement.warning !== null) return this.#unknownCode(row, given);
    const where = placement.place === null ? placement.code : `${placement.code} ${describe(placement.place)}`;
    const message = `no barangay has this code; matched to ${where}, whose code differs only in the region`;
    const warning = { ...finding(row, "recoded", CODE_COLUMN, given, message), code: placement.code };
    return { ...placement, warning };
  }

  #byNames(row: ImportRow): Placement {
    const { names } = row;
    if (this.#resolver === null)
      return { kind: "refused", finding: finding(row, "code", CODE_COLUMN, "", "the barangay is missing") };
    const resolution = this.#resolver.resolve(names);
    if (resolution.kind === "found") return this.#placed(resolution.place, null);
    const candidates = this.#suggest(names, resolution);
    const accepted = this.#accept(candidates);
    if (accepted !== null) {
      const message = `matched to ${describe(accepted.place)}, ${percent(accepted.score)} similar`;
      return this.#placed(accepted.place, finding(row, "fuzzy", "barangay", names.barangay, message));
    }
    const kind = resolution.kind === "ambiguous" ? "place-ambiguous" : "place-unknown";
    const rejected = finding(
      row,
      kind,
      resolution.column,
      names[resolution.column],
      explain(names, resolution) + this.#nearest(candidates),
    );
    return { kind: "refused", finding: { ...rejected, candidates: candidates.map(summarize) } };
  }

  #placed(place: FoundBarangay, warning: RowFinding | null): Placement {
    const { code } = place.barangay;
    return { kind: "placed", position: this.#index.find(code), code, place, warning: warning && { ...warning, code } };
  }

  #unknownCode(row: ImportRow, code: string): Placement {
    const message = this.#explainUnknown(code);
    const rejected = finding(row, "code-unknown", CODE_COLUMN, code, message);
    if (this.#resolver === null || row.names.barangay === "") return { kind: "refused", finding: rejected };
    const candidates = this.#suggest(row.names, this.#resolver.resolve(row.names));
    return {
      kind: "refused",
      finding: { ...rejected, message: message + this.#nearest(candidates), candidates: candidates.map(summarize) },
    };
  }

  #explainUnknown(code: string): string {
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

  /** Checks that the code and the names of a row agree. */
  #checked(resolver: PlaceResolver, row: ImportRow, position: number, place: FoundBarangay): Placement {
    const code = place.barangay.code;
    const placed: Placement = { kind: "placed", position, code, place, warning: null };
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
      if (column === null && pools.flat().includes(place.municipality)) return placed;
      return this.#disagreeing(row, place, []);
    }
    const resolution = isBare ? resolver.resolveWithin(municipality, names) : resolver.resolve(names);
    if (resolution.kind === "found" && resolution.place.barangay.code === code) return placed;
    if (resolution.kind === "ambiguous" && resolution.places.some(({ barangay }) => barangay.code === code)) {
      return placed;
    }
    const candidates = this.#suggest(names, resolution);
    const same = candidates.find((candidate) => candidate.place.barangay.code === code);
    if (resolution.kind === "unknown" && same === candidates[0] && same !== undefined && same.score >= SAME_PLACE) {
      const message = `the code is that of ${describe(place)}, which is spelled differently`;
      return { ...placed, warning: finding(row, "spelling", "barangay", names.barangay, message) };
    }
    const named = resolution.kind === "found" ? [{ place: resolution.place, score: 1 }] : candidates;
    return this.#disagreeing(row, place, named);
  }

  #disagreeing(row: ImportRow, place: FoundBarangay, named: PlaceCandidate[]): Placement {
    const value = [row.names.barangay, row.names.municipality, row.names.province]
      .filter((name) => name !== "")
      .join(", ");
    const message = `the code is that of ${describe(place)}, but the names are not`;
    const rejected = finding(row, "place-disagrees", CODE_COLUMN, value, message + this.#nearest(named));
    return { kind: "refused", finding: { ...rejected, candidates: named.map(summarize) } };
  }

  #suggest(names: PlaceNames, resolution: NameResolution): PlaceCandidate[] {
    this.#suggested += 1;
    const limit = this.#acceptFuzzy === null ? MAX_SUGGESTED : MAX_SUGGESTED_TO_ACCEPT;
    if (this.#resolver === null || this.#suggested > limit || Object.values(names).some(isTooLong)) return [];
    return nearestPlaces(this.#resolver, names, resolution);
  }

  /** Names the candidates. Their scores show why --accept-fuzzy accepts none of them. */
  #nearest(candidates: readonly PlaceCandidate[]): string {
    if (candidates.length === 0) return "";
    const listed = candidates.map(({ place, score }) => {
      const named = `${place.barangay.code} ${describe(place)}`;
      return this.#acceptFuzzy === null ? named : `${named} (${percent(score)} similar)`;
    });
    return `; nearest: ${listed.join("; ")}`;
  }

  #accept([first, second]: PlaceCandidate[]): PlaceCandidate | null {
    if (this.#acceptFuzzy === null || first === undefined || first.score < this.#acceptFuzzy) return null;
    return first.score - (second?.score ?? 0) >= CLEAR_LEAD ? first : null;
  }
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

function isTooLong(name: string): boolean {
  return name.split(/\s+/, MAX_WORDS + 1).length > MAX_WORDS;
}

export function describe({ barangay, municipality }: FoundBarangay): string {
  const { name, provinceName } = municipality;
  return [barangay.name, name, ...(provinceName === name ? [] : [provinceName])].join(", ");
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

function percent(score: number): string {
  return `${Math.round(score * 100)} %`;
}

function finding({ row, code }: ImportRow, kind: string, column: string, value: string, message: string): RowFinding {
  return { row, column, code: code ?? "", value: value.slice(0, 100), message, kind };
}
