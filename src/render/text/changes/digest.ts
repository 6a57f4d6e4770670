import { UNIT_LEVELS, type UnitChange, type UnitLevel } from "../../../core/sync/unit-change.ts";

/** The figures that a digest adds up. */
export const DIGEST_FIELDS = ["estimated_obc_population", "households"] as const;

export type DigestField = (typeof DIGEST_FIELDS)[number];

/** A digest lists this many of the largest changes. */
const LARGEST_SHOWN = 10;

export interface Figures {
  before: number;
  after: number;
}

/** The changes in one province-level unit, or in all of them. */
export interface ChangeSums {
  name: string;
  /** Number of changed units at each level. */
  units: Record<UnitLevel, Record<UnitChange["action"], number>>;
  /** Sums over the units of each level whose figure changes; absent where there is none. Null counts as 0. */
  figures: Record<UnitLevel, Partial<Record<DigestField, Figures>>>;
}

/** The change of a unit in the first of the digest's fields that changes. */
export interface LargeChange {
  change: UnitChange;
  field: DigestField;
  figures: Figures;
}

export interface Digest {
  /** Number of changed units. */
  count: number;
  /** Ordered by code. */
  provinces: ChangeSums[];
  total: ChangeSums;
  /** The largest changes of each level, the largest first. */
  largest: Record<UnitLevel, LargeChange[]>;
}

/** Goes through the changes once and keeps only sums, since a first sync of a large country changes 88,650 coverages. */
export function digestOf(changes: Iterable<UnitChange>): Digest {
  // Province-level units have names of their own, so a name identifies one.
  const provinces = new Map<string, { code: string; sums: ChangeSums }>();
  const total = nothingAdded("Total");
  const largest = everyLevel<LargeChange[]>(() => []);
  let count = 0;
  for (const change of changes) {
    const name = provinceOf(change);
    let province = provinces.get(name);
    if (province === undefined) {
      province = { code: change.code, sums: nothingAdded(name) };
      provinces.set(name, province);
    }
    if (change.code < province.code) province.code = change.code;
    const figures = changedFigures(change);
    add(province.sums, change, figures);
    add(total, change, figures);
    rank(largest[change.level], change, figures);
    count += 1;
  }
  const byCode = [...provinces.values()].sort((left, right) => (left.code < right.code ? -1 : 1));
  return { count, provinces: byCode.map(({ sums }) => sums), total, largest };
}

function provinceOf({ level, name, parent, province }: UnitChange): string {
  return { community: province ?? parent, municipality: parent, province: name }[level];
}

type ChangedFigures = Array<[DigestField, Figures]>;

function changedFigures({ fields }: UnitChange): ChangedFigures {
  return DIGEST_FIELDS.flatMap((field): ChangedFigures => {
    const values = fields[field];
    return values === undefined
      ? []
      : [[field, { before: Number(values.before ?? 0), after: Number(values.after ?? 0) }]];
  });
}

function add({ units, figures }: ChangeSums, { level, action }: UnitChange, changed: ChangedFigures): void {
  units[level][action] += 1;
  for (const [field, { before, after }] of changed) {
    const sum = figures[level][field] ?? { before: 0, after: 0 };
    figures[level][field] = { before: sum.before + before, after: sum.after + after };
  }
}

/** Inserts a change where it belongs, if it is among the largest. Of equal ones the first stays. */
function rank(largest: LargeChange[], change: UnitChange, changed: ChangedFigures): void {
  const [field, figures] = changed.find(([, { before, after }]) => before !== after) ?? [];
  if (field === undefined || figures === undefined) return;
  const smaller = largest.findIndex((other) => sizeOf(other.figures) < sizeOf(figures));
  const place = smaller === -1 ? largest.length : smaller;
  if (place === LARGEST_SHOWN) return;
  largest.splice(place, 0, { change, field, figures });
  if (largest.length > LARGEST_SHOWN) largest.pop();
}

function sizeOf({ before, after }: Figures): number {
  return Math.abs(after - before);
}

function nothingAdded(name: string): ChangeSums {
  return {
    name,
    units: everyLevel(() => ({ created: 0, updated: 0, removed: 0 })),
    figures: everyLevel(() => ({})),
  };
}

function everyLevel<Value>(make: () => Value): Record<UnitLevel, Value> {
  return Object.fromEntries(UNIT_LEVELS.map((level) => [level, make()])) as Record<UnitLevel, Value>;
}
