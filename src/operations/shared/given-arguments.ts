import { UsageError } from "../../core/errors.ts";
import { named } from "../../core/records/given-values.ts";

/** Arguments that a program passes to the library. JavaScript may pass anything, whatever the types say. */

/** @throws UsageError if it is not a whole number of 1 or more */
export function wholeNumberGiven(name: string, value: unknown): void {
  if (Number.isSafeInteger(value) && Number(value) >= 1) return;
  throw new UsageError(`${name} cannot be ${named(value)}`, "Give a whole number of 1 or more.");
}

/** @throws UsageError if it is not a path */
export function pathGiven(name: string, value: unknown): void {
  if (typeof value === "string" && value.trim() !== "") return;
  throw new UsageError(`${name} cannot be ${named(value)}`, "Give the path of a file.");
}

/** @throws UsageError if it is not a time */
export function timeGiven(name: string, value: unknown): void {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return;
  const given = value instanceof Date ? "an invalid Date" : named(value);
  throw new UsageError(`${name} cannot be ${given}`, 'Give a Date, for example: new Date("2026-01-01").');
}
