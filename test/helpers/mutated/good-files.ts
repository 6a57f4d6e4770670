/** Good files of every format that the program reads, small enough to be read ten thousand times. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Geography } from "../../../src/core/geography/geography.ts";
import { makeXlsx } from "../make-xlsx.ts";
import { projectFolder } from "../project.ts";

/** A file, and the command lines that read it; FILE stands for its path, GOOD for that of a good list. */
export interface GoodFile {
  name: string;
  bytes: Buffer;
  commands: string[][];
}

const IMPORTS = [
  ["import", "communities", "FILE"],
  ["import", "communities", "FILE", "--json"],
  ["import", "communities", "FILE", "--dry-run", "--ignore-unknown"],
  ["import", "communities", "FILE", "--skip-invalid", "--accept-fuzzy", "--ignore-unknown", "--quiet"],
  ["import", "communities", "FILE", "--skip-invalid", "--rejects", "REJECTS"],
  ["import", "communities", "FILE", "--resolve-only", "--ignore-unknown"],
  ["import", "communities", "FILE", "--blank", "clear", "--max-errors", "2", "--json"],
];
const GEOGRAPHY = [
  ["import", "geography", "FILE"],
  ["import", "geography", "FILE", "--dry-run", "--json"],
];
const MAPPING = [["import", "communities", "GOOD", "--mapping", "FILE", "--ignore-unknown"]];

/** The places of Bukidnon and Iligan: enough for names that are similar, ambiguous and unknown. */
function smallGeography({ regions, provinces, municipalities, barangays }: Geography): string[][] {
  const isHere = ({ code }: { code: string }) => /^(10013|10309)/.test(code);
  const line = (unit: { code: string; name: string }, level: string, population: number | null = null) => [
    ...[unit.code, unit.name, level, population === null ? "" : String(population)],
  ];
  return [
    ["10-digit PSGC", "Name", "Geographic Level", "2020 Population"],
    ...regions.filter(({ code }) => code.startsWith("10")).map((unit) => line(unit, "Reg")),
    ...provinces.filter((unit) => unit.kind === "province" && isHere(unit)).map((unit) => line(unit, "Prov")),
    ...municipalities.filter(isHere).map((unit) => line(unit, unit.kind === "city" ? "City" : "Mun")),
    ...barangays.filter(isHere).map((unit) => line(unit, "Bgy", unit.population)),
  ];
}

export function goodFiles(geography: Geography): { geography: Buffer; list: Buffer; files: GoodFile[] } {
  const places = smallGeography(geography);
  const barangays = geography.barangays.filter(({ code }) => code.startsWith("1001301")).slice(0, 12);
  const byCode = [
    ["barangay_code", "households", "families", "women_count", "latitude", "notes"],
    ...barangays.map(({ code }, index) => [
      code,
      `${index * 7}`,
      `1,${index % 10}00`,
      "",
      `8.${index}`,
      `Peña ${index}`,
    ]),
  ];
  const byName = [
    ["Region", "Province", "City/Municipality", "Brgy.", "HH", "OBC Population", "Remarks"],
    ...barangays.map(({ name }, index) => ["X", "Bukidnon", "Baungon", name, `${index}`, "12", "say hi"]),
  ];
  const text = (rows: string[][], delimiter: string) =>
    Buffer.from(rows.map((cells) => cells.map((cell) => quoted(cell, delimiter)).join(delimiter)).join("\n"));
  const lines = ([header = [], ...rows]: string[][]) =>
    Buffer.from(
      rows.map((cells) => JSON.stringify(Object.fromEntries(cells.map((cell, at) => [header[at], cell])))).join("\n"),
    );
  const workbook = (name: string, rows: string[][]) =>
    Buffer.from(makeXlsx([{ name, rows, merges: rows === byName ? ["A2:A4", "B2:B4"] : [] }]));
  const mapping = Buffer.from(
    JSON.stringify({ households: "families", families: "households", notes: null, Other: "" }),
  );
  const lists = [byCode, byName].flatMap((rows) => [
    { name: "list.csv", bytes: text(rows, ",") },
    { name: "list.tsv", bytes: text(rows, "\t") },
    { name: "list.txt", bytes: Buffer.from(`\ufeff${text(rows, ";")}`, "utf16le") },
    { name: "list.csv.gz", bytes: gzipSync(text(rows, ",")) },
    { name: "list.ndjson", bytes: lines(rows) },
    { name: "list.jsonl", bytes: lines(rows) },
    { name: "list.jsonl.gz", bytes: gzipSync(lines(rows)) },
    { name: "list.xlsx", bytes: workbook("List", rows) },
  ]);
  const stored = ["survey.ods", "survey.xls"].map((name) => ({
    name,
    bytes: readFileSync(join(projectFolder, "fixtures/workbooks", name)),
  }));
  return {
    geography: text(places, ","),
    list: text(byCode, ","),
    files: [
      ...[...lists, ...stored].map((file) => ({ ...file, commands: IMPORTS })),
      { name: "psgc.csv", bytes: text(places, ","), commands: GEOGRAPHY },
      { name: "psgc.xlsx", bytes: workbook("PSGC", places), commands: GEOGRAPHY },
      { name: "mapping.json", bytes: mapping, commands: MAPPING },
    ],
  };
}

function quoted(cell: string, delimiter: string): string {
  return cell.includes(delimiter) || cell.includes('"') ? `"${cell.replaceAll('"', '""')}"` : cell;
}
