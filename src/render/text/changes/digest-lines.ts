import { grouped } from "../../../core/grouped.ts";
import { UNIT_LEVELS, type UnitLevel } from "../../../core/sync/unit-change.ts";
import { counted, percent, type Style, signed, wrapped } from "../style.ts";
import { type Column, tableLines } from "../table.ts";
import {
  type ChangeSums,
  DIGEST_FIELDS,
  type Digest,
  type DigestField,
  type Figures,
  type LargeChange,
} from "./digest.ts";
import { headedUnit, type Tense } from "./unit-lines.ts";
import { describeChange } from "./values.ts";

const PLURALS: Record<UnitLevel, string> = {
  community: "communities",
  municipality: "municipalities",
  province: "provinces",
};

const COUNT_HEADS: Record<UnitLevel, string> = {
  community: "Communities",
  municipality: "Municipalities",
  province: "Provinces",
};

const FIGURE_HEADS: Record<DigestField, string> = { estimated_obc_population: "Population", households: "Households" };

const ACTIONS = ["created", "updated", "removed"] as const;

/** A table by province, the largest changes, and how to list every change. */
export function digestLines(digest: Digest, tense: Tense, style: Style): string[] {
  return [
    ...provinceTable(digest, style),
    "",
    ...largestLines(digest, tense, style),
    ...wrapped(`With --details: all ${counted(digest.count, "unit", "units")} with every field.`, style, ""),
  ];
}

function provinceTable({ provinces, total }: Digest, style: Style): string[] {
  const level = levelOfFigures(total);
  const sums = level === null || level === "province" ? "" : `; figures are sums of the changed ${PLURALS[level]}`;
  const groups = [
    UNIT_LEVELS.flatMap((counted) => countColumns(counted, total)),
    ...(level === null ? [] : DIGEST_FIELDS.map((field) => figureColumns(field, level, total))),
  ];
  return [
    ...wrapped(`Changes by province${sums}`, style, "", style.paint.bold),
    ...tableLines(
      { head: "Province", align: "left", cell: ({ name }) => name, shortest: 20 },
      groups.filter((columns) => columns.length > 0),
      [...provinces, total],
      style,
    ),
  ];
}

/** The highest level that has figures: those of a province's own coverage include what is beneath it. */
function levelOfFigures({ figures }: ChangeSums): UnitLevel | null {
  return UNIT_LEVELS.findLast((level) => Object.keys(figures[level]).length > 0) ?? null;
}

/** One column for each action that occurs at the level. */
function countColumns(level: UnitLevel, total: ChangeSums): Array<Column<ChangeSums>> {
  return ACTIONS.filter((action) => total.units[level][action] > 0).map((action, index) => ({
    head: `${index === 0 ? COUNT_HEADS[level] : ""}\n${action}`,
    align: "right",
    cell: ({ units }) => (units[level][action] === 0 ? "" : grouped(units[level][action])),
  }));
}

function figureColumns(field: DigestField, level: UnitLevel, total: ChangeSums): Array<Column<ChangeSums>> {
  const all = total.figures[level][field];
  if (all === undefined) return [];
  const column = (head: string, text: (figures: Figures) => string): Column<ChangeSums> => ({
    head,
    align: "right",
    cell: ({ figures }) => {
      const sums = figures[level][field];
      return sums === undefined ? "" : text(sums);
    },
  });
  // A first sync has nothing to compare with.
  if (all.before === 0) return [column(FIGURE_HEADS[field], ({ after }) => grouped(after))];
  return [
    column(`${FIGURE_HEADS[field]}\nbefore`, ({ before }) => grouped(before)),
    column("\nafter", ({ after }) => grouped(after)),
    column("\nchange", differenceText),
  ];
}

/** The largest changes of the lowest level that has any: those above follow from them, and are in the table. */
function largestLines({ largest }: Digest, tense: Tense, style: Style): string[] {
  const level = UNIT_LEVELS.find((candidate) => largest[candidate].length > 0);
  if (level === undefined) return [];
  return [
    style.paint.bold(`Largest changes of ${PLURALS[level]}`),
    ...largest[level].flatMap((one) => headedUnit(one.change, describeLarge(one, style), tense, style)),
    "",
  ];
}

/** "households 200 → 230, +30 (+15.0 %)" */
function describeLarge({ change, field, figures }: LargeChange, style: Style): string {
  const values = change.fields[field] ?? { before: null, after: null };
  const described = describeChange(field, values, change.action, style);
  return change.action === "updated" ? `${described}, ${differenceText(figures)}` : described;
}

/** "+30 (+15.0 %)", without a share of nothing, or one that rounds to 0.0 %. */
function differenceText({ before, after }: Figures): string {
  const difference = after - before;
  const share = before === 0 ? 0 : difference / before;
  if (Math.abs(share) < 0.0005) return signed(difference);
  return `${signed(difference)} (${share > 0 ? "+" : ""}${percent(share)})`;
}
