import { UsageError } from "../errors.ts";

/** A time, or a run by its number. */
export type PointInTime = { run: number } | { time: Date };

const RUN = /^\d{1,9}$/;
const TIME = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2}(?:\.\d{1,3})?))?(Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * The number of a run, a day, or a time in ISO 8601; in UTC, as the history shows times, where it has no offset.
 *
 * @param flag how the message names it
 * @param end which end of a day, a minute or a second is meant: changes since a day begin with it, figures as of a day are those at
 *   its end
 * @throws UsageError if it is none
 */
export function pointInTime(text: string, flag: string, end: "beginning" | "end"): PointInTime {
  const given = text.trim();
  if (RUN.test(given) && Number(given) > 0) return { run: Number(given) };
  const time = timeOf(given, end);
  if (time !== null) return { time };
  throw new UsageError(
    `${flag} "${text}" is neither a date nor a run`,
    `Give a day (2026-11-30), a time (2026-11-30T18:00, in UTC, or 2026-11-30T18:00+08:00) or the number of a run, as obc-sync history lists them, for example: ${flag} 2026-11-30`,
  );
}

/** A point in time as a person reads it. */
export function pointText(point: PointInTime): string {
  return "run" in point ? `run ${point.run}` : `${point.time.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** Null if it is no time, or the calendar has no such day. */
function timeOf(given: string, end: "beginning" | "end"): Date | null {
  const [, day, minute, second, zone = "Z"] = TIME.exec(given) ?? [];
  if (day === undefined || !isDay(day)) return null;
  const isEnd = end === "end";
  const fraction = isEnd && (second === undefined || !second.includes(".")) ? ".999" : "";
  const clock = `${minute ?? (isEnd ? "23:59" : "00:00")}:${second ?? (isEnd ? "59" : "00")}${fraction}`;
  const time = new Date(`${day}T${clock}${zone}`);
  return Number.isNaN(time.getTime()) ? null : time;
}

/** JavaScript takes 2026-02-30 for 2026-03-02. */
function isDay(day: string): boolean {
  const midnight = new Date(`${day}T00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
}
