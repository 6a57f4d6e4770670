/** How names of places are compared: without case, diacritics, punctuation and needless blanks. */
export function normalizePlaceName(name: string): string {
  return name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
}

/**
 * The forms under which people look a place up: its whole name, the name without a bracketed note, the note alone
 * ("Region XII (SOCCSKSARGEN)"), and cities with and without the word ("City of Iligan", "Iligan City", "Iligan").
 */
export function placeNameForms(name: string): string[] {
  const note = /\(([^)]*)\)/.exec(name)?.[1] ?? "";
  const bare = name.replace(/\([^)]*\)/g, " ");
  const forms = [name, bare, note, withoutCity(bare)].map(normalizePlaceName);
  return [...new Set(forms)].filter((form) => form !== "");
}

function withoutCity(name: string): string {
  return name.replace(/^\s*city\s+of\s+/i, "").replace(/\s+city\s*$/i, "");
}

/** The form that decides between "Iligan City" and "City of Iligan": the name without the word. */
export function withoutCityForm(name: string): string {
  return normalizePlaceName(withoutCity(name.replace(/\([^)]*\)/g, " ")));
}
