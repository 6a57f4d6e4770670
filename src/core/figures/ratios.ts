import type { Field } from "../fields.ts";
import type { UnitValue } from "../sync/unit-change.ts";

/** Figures by field, of one community or coverage. */
type Figures = Readonly<Record<string, UnitValue>>;

export interface Ratio {
  /** The figures that are added up, and those that the sum is divided by. */
  dividend: readonly Field[];
  divisor: readonly Field[];
  /** 100 for a percentage. */
  times: 1 | 100;
}

/** docs/export.md explains each of them. */
export const RATIOS = {
  household_size: { dividend: ["estimated_obc_population"], divisor: ["households"], times: 1 },
  share_of_barangay_population_percent: {
    dividend: ["estimated_obc_population"],
    divisor: ["total_barangay_population"],
    times: 100,
  },
  women_percent: { dividend: ["women_count"], divisor: ["estimated_obc_population"], times: 100 },
  dependency_percent: {
    dividend: ["children_0_9", "adolescents_10_14", "seniors_60_plus"],
    divisor: ["youth_15_30", "adults_31_59"],
    times: 100,
  },
} as const satisfies Record<string, Ratio>;

export type RatioName = keyof typeof RATIOS;

export const RATIO_NAMES = Object.keys(RATIOS) as RatioName[];

export function isRatio(name: string): name is RatioName {
  return name in RATIOS;
}

/** The ratio with two decimals; null where one of its figures is blank or the divisor is 0. */
export function ratioOf(name: RatioName, figures: Figures): number | null {
  const { dividend, divisor, times }: Ratio = RATIOS[name];
  const part = sumOf(dividend, figures);
  const whole = sumOf(divisor, figures);
  if (part === null || whole === null || whole === 0) return null;
  return Math.round((part / whole) * times * 100) / 100;
}

function sumOf(fields: readonly Field[], figures: Figures): number | null {
  let sum = 0;
  for (const field of fields) {
    const figure = figures[field] ?? null;
    if (typeof figure !== "number") return null;
    sum += figure;
  }
  return sum;
}
