import { UsageError } from "../errors.ts";

/** A time, or a run by its number. */
export type PointInTime = { run: number } | { time: Date };

const RUN = /^\d{1,9}$/;
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:?\d{2})?$/;

/**
 * The number of a run, a day, or a time in ISO 8601; without an offset in the local time zone.
 *
 * @param flag how the message names it
 * @param day which end of a day is meant: changes since a day begin with it, figures as of a day are those at its end
 * @throws UsageError if it is none
 */
export function pointInTime(text: string, flag: string, day: "beginning" | "end"): PointInTime {
  const given = text.trim();
  if (RUN.test(given) && Number(given) > 0) return { run: Number(given) };
  const time = DAY.test(given) ? timeOfDay(given, day) : TIME.test(given) ? new Date(given.replace(" ", "T")) : null;
  if (time !== null && !Number.isNaN(time.getTime())) return { time };
  throw new UsageError(
    `${flag} "${text}" is neither a date nor a run`,
    `Give a day (2026-11-30), a time (2026-11-30T18:00) or the number of a run, as obc-sync history lists them, for example: ${flag} 2026-11-30`,
  );
}

/** Null if the calendar has no such day. */
function timeOfDay(given: string, day: "beginning" | "end"): Date | null {
  const [year = 0, month = 0, date = 0] = (DAY.exec(given) ?? []).slice(1).map(Number);
  const beginning = new Date(year, month - 1, date);
  if (beginning.getMonth() !== month - 1 || beginning.getDate() !== date) return null;
  return day === "beginning" ? beginning : new Date(year, month - 1, date, 23, 59, 59, 999);
}
