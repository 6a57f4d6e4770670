const KIND_TEXT: Record<string, string> = {
  row: "rows that do not fit the header",
  code: "invalid barangay codes",
  "code-unknown": "unknown barangay codes",
  "place-unknown": "unknown place names",
  "place-ambiguous": "ambiguous barangay names",
  "place-disagrees": "rows whose code and names disagree",
  figure: "invalid figures",
  value: "invalid values",
  merged: "cells merged over several rows",
  doubled: "barangays with more than one row",
  stored: "communities that already exist",
  archived: "communities that are archived",
  fuzzy: "names matched by similarity",
  implausible: "figures that exceed the whole they are part of",
  jump: "figures that change more than tenfold",
  shifted: "columns that look shifted or exchanged",
  blank: "columns that remove most of the stored figures",
  total: "totals that change by more than half",
  "total-differs": "totals that differ from their rows",
  recoded: "codes from another edition of the PSGC",
  "imported-before": "files imported before",
  "place-given": "places other than those given with --set",
  spelling: "names spelled differently from those of their code",
};

/** What several findings of a kind are called. */
export function findingText(kind: string): string {
  return KIND_TEXT[kind] ?? kind;
}
