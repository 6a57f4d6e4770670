import { distance } from "fastest-levenshtein";
import type { MunicipalityEntry } from "./place-directory.ts";
import { barangayForms, FORM_RANK } from "./place-forms.ts";
import { noteKey, unitKey } from "./place-history.ts";
import type { FoundBarangay, NameResolution, PlaceNames, PlaceResolver } from "./place-resolver.ts";
import { foldName, joinWords, placeWords } from "./place-words.ts";

/** A barangay that a row may refer to. */
export interface PlaceCandidate {
  place: FoundBarangay;
  /** Similarity of the names, from 0 to 1. */
  score: number;
}

const CANDIDATES = 3;
const NEAR_MUNICIPALITIES = 5;
/** Municipalities with a less similar name are not searched. */
const MIN_MUNICIPALITY_SCORE = 0.6;
/** Barangays with a less similar name are not suggested. */
const MIN_BARANGAY_SCORE = 0.4;
/** Minimum similarity of a name and another form of it, and of a name and an abbreviation of it. */
const KNOWN_BY = 0.9;
const SHORTENED = 0.75;
/** Penalty for a candidate outside the municipality or province that the row names. */
const ELSEWHERE = 0.1;

/** Up to three barangays that an unresolved row may refer to, the most similar first. These are suggestions only. */
export function nearestPlaces(
  resolver: PlaceResolver,
  names: PlaceNames,
  resolution: NameResolution,
): PlaceCandidate[] {
  const candidates = new Map<string, PlaceCandidate>();
  const add = (place: FoundBarangay, score: number) => {
    const known = candidates.get(place.barangay.code);
    if (known === undefined || known.score < score) candidates.set(place.barangay.code, { place, score });
  };
  if (resolution.kind === "ambiguous") for (const place of resolution.places) add(place, 1);
  for (const { municipality, weight } of municipalitiesToSearch(resolver, names)) {
    for (const barangay of municipality.barangays) {
      const likeness = nameLikeness(names.barangay, barangay.name, municipality);
      if (likeness > MIN_BARANGAY_SCORE) add({ barangay, municipality }, likeness * weight);
    }
  }
  return [...candidates.values()].sort((left, right) => right.score - left.score).slice(0, CANDIDATES);
}

interface Searched {
  municipality: MunicipalityEntry;
  /** How well the municipality matches the row, from 0 to 1. */
  weight: number;
}

function municipalitiesToSearch(resolver: PlaceResolver, names: PlaceNames): Searched[] {
  const { directory } = resolver;
  const searched = new Map<string, Searched>();
  const add = (municipality: MunicipalityEntry, weight: number) => {
    if ((searched.get(municipality.code)?.weight ?? 0) < weight) {
      searched.set(municipality.code, { municipality, weight });
    }
  };
  const { pools } = resolver.municipalitiesOf(names);
  for (const pool of pools) for (const municipality of pool) add(municipality, 1);
  const above = resolver.municipalitiesOf({ ...names, municipality: "", barangay: "" }).pools[0];
  const inProvince = new Set(above ?? []);
  // A row that names its province is not likely to mean another one, unless that has the municipality and its own has not.
  const isPossible = (municipality: MunicipalityEntry) => inProvince.size === 0 || inProvince.has(municipality);
  const key = unitKey(names.municipality);
  const others = [key, noteKey(names.municipality)].filter((other) => other !== "");
  for (const other of others) {
    for (const municipality of [...directory.named(other), ...directory.formerlyNamed(other)]) {
      if (pools.length === 0 || isPossible(municipality)) add(municipality, 1 - ELSEWHERE);
    }
  }
  const elsewhere = pools.length > 0 ? 2 * ELSEWHERE : ELSEWHERE;
  for (const municipality of directory.municipalities.filter(isPossible)) {
    const score = municipality.key === key ? 1 : likeness(key, municipality.key);
    if (score < MIN_MUNICIPALITY_SCORE) continue;
    add(municipality, score - (inProvince.has(municipality) ? ELSEWHERE / 2 : elsewhere));
  }
  const near = [...searched.values()].sort((left, right) => right.weight - left.weight);
  const kept = near.slice(0, Math.max(NEAR_MUNICIPALITIES, pools.flat().length));
  // Another municipality of the province may have a barangay of exactly that name: the row's municipality is wrong, or
  // the barangay was transferred.
  const forms = barangayForms(names.barangay);
  for (const municipality of inProvince) {
    const isNextDoor = [...forms.keys()].some((form) =>
      (municipality.forms.get(form) ?? []).some(({ rank }) => rank <= FORM_RANK.core),
    );
    if (isNextDoor && !kept.some((other) => other.municipality === municipality)) {
      kept.push({ municipality, weight: 1 - 3 * ELSEWHERE });
    }
  }
  return kept;
}

/** Similarity of a typed name and a barangay's name: the best over all forms of both. */
function nameLikeness(typed: string, official: string, municipality: MunicipalityEntry): number {
  const typedKeys = likenessKeys(typed);
  const officialKeys = likenessKeys(official);
  let best = 0;
  for (const [index, left] of typedKeys.entries()) {
    for (const [other, right] of officialKeys.entries()) {
      // Similarity of shortened forms counts a little less than that of the full names.
      best = Math.max(best, likeness(left, right) - (index + other > 0 ? 0.02 : 0));
    }
  }
  if (best < KNOWN_BY && isKnownBy(typed, official, municipality)) return KNOWN_BY;
  return best < SHORTENED && isShortened(typedKeys[0] ?? "", officialKeys[0] ?? "", official, typed) ? SHORTENED : best;
}

/** Whether one name abbreviates the other: "Acmac" and "Acmac-Mariano Badelles Sr.", or the initials "NBBS". */
function isShortened(typedKey: string, officialKey: string, official: string, typed: string): boolean {
  const [shorter, longer] = typedKey.length < officialKey.length ? [typedKey, officialKey] : [officialKey, typedKey];
  if (shorter.length >= 4 && longer.startsWith(shorter)) return true;
  const initials = placeWords(foldName(typed)).map((word) => word[0]);
  return initials.length > 2 && placeWords(foldName(official))[0] === initials.join("");
}

function isKnownBy(typed: string, official: string, municipality: MunicipalityEntry): boolean {
  for (const form of barangayForms(typed).keys()) {
    if (municipality.forms.get(form)?.some(({ barangay }) => barangay.name === official)) return true;
  }
  return false;
}

function likenessKeys(name: string): string[] {
  const folded = foldName(name);
  const whole = placeWords(folded);
  const bare = placeWords(folded.replace(/\([^)]*\)?/g, " ")).filter(
    (word) => word !== "poblacion" && word !== "barangay",
  );
  return [...new Set([joinWords(whole), joinWords(bare)])].filter((key) => key !== "");
}

/** Similarity of names that are spelled differently and sound the same, as "Aludaz" and "Aludas" are. */
const SAME_SOUND = 0.87;

/** The letters by their sound, as the languages of the Philippines interchange them. Vowels tell names apart. */
function soundOf(key: string): string {
  return key
    .replace(/z/g, "s")
    .replace(/c(?=[aou])|q(?!u)|qu/g, "k")
    .replace(/v/g, "b")
    .replace(/f|ph/g, "p")
    .replace(/([a-z])\1+/g, "$1");
}

/** 0 where the lengths alone show that the names are not similar: comparing every letter takes longer. */
function likeness(left: string, right: string): number {
  const longest = Math.max(left.length, right.length);
  if (longest === 0 || Math.min(left.length, right.length) / longest <= MIN_BARANGAY_SCORE) return 0;
  const alike = 1 - distance(left, right) / longest;
  return alike < SAME_SOUND && soundOf(left) === soundOf(right) ? SAME_SOUND : alike;
}
