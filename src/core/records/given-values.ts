/** Values that a program passes to the library. JavaScript may pass anything, whatever the types say. */
import { UsageError } from "../errors.ts";

/**
 * The values that are given. undefined means "not given", as for an optional property.
 *
 * @throws UsageError if `values` is not an object with a value for each column
 */
export function onlyGiven<Values extends object>(values: Values): Values {
  if (typeof values !== "object" || values === null || Array.isArray(values)) {
    throw new UsageError(`values cannot be ${named(values)}`, "Give an object, for example { households: 200 }.");
  }
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Values;
}

/** @throws UsageError naming the column, the value and what the column takes */
export function refuseValue(column: string, value: unknown, takes: string): never {
  throw new UsageError(`${column} cannot be ${named(value)}`, `It takes ${takes}.`);
}

/** Whether both databases can store a text. PostgreSQL takes neither NUL nor unpaired surrogates. */
export function isStorableText(value: unknown): value is string {
  return typeof value === "string" && !value.includes("\u0000") && value.isWellFormed();
}

const LONGEST_SHOWN = 100;

/** A value as a message shows it. */
export function named(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, LONGEST_SHOWN));
  if (Array.isArray(value)) return "an array";
  if (value instanceof Date) return "a Date";
  if (typeof value === "function" || typeof value === "symbol") return `a ${typeof value}`;
  return typeof value === "object" && value !== null ? "an object" : String(value);
}
