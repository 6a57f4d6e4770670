import { UsageError } from "../errors.ts";

const DAYS = { d: 1, w: 7, y: 365 } as const;

/** Older dates than this are not valid in JavaScript or in PostgreSQL. */
const MAX_DAYS = 365_000;

/** The days of an age such as 365d, 52w or 2y. @param flag how the message names it @throws UsageError if it is none */
export function daysOf(age: string, flag: string): number {
  const match = /^(\d{1,6})([dwy])$/.exec(age.trim().toLowerCase());
  const days = match === null ? 0 : Number(match[1]) * DAYS[match[2] as keyof typeof DAYS];
  if (days >= 1 && days <= MAX_DAYS) return days;
  throw new UsageError(
    `${flag} "${age}" is not an age`,
    `Give a number of days, weeks or years of 1 day or more, for example: ${flag} 365d`,
  );
}
