import { UsageError } from "../../core/errors.ts";
import { isStorableText, named } from "../../core/records/given-values.ts";

/**
 * Arguments that a program passes to the library. JavaScript may pass anything, whatever the types say.
 *
 * @throws UsageError naming the argument and its value
 */
export type Given = (name: string, value: unknown) => void;

/** Refuses the value of an argument. @param hint what to give */
export function refuseArgument(name: string, value: unknown, hint: string): never {
  const isInvalid = value instanceof Date && Number.isNaN(value.getTime());
  throw new UsageError(`${name} cannot be ${isInvalid ? "an invalid Date" : named(value)}`, hint);
}

function takes(fits: (value: unknown) => boolean, hint: string): Given {
  return (name, value) => {
    if (!fits(value)) refuseArgument(name, value, hint);
  };
}

export const wholeNumberGiven = takes(
  (value) => Number.isSafeInteger(value) && Number(value) >= 1,
  "Give a whole number of 1 or more.",
);

export const pathGiven = takes((value) => isStorableText(value) && value.trim() !== "", "Give the path of a file.");

export const timeGiven = takes(
  (value) => value instanceof Date && !Number.isNaN(value.getTime()),
  'Give a Date, for example: new Date("2026-01-01").',
);

export const flagGiven = takes((value) => typeof value === "boolean", "Give true or false.");

/** Neither database can store NUL. */
export const textGiven = takes(isStorableText, "Give text without NUL characters.");

export const functionGiven = takes((value) => typeof value === "function", "Give a function.");

export const signalGiven = takes(
  (value) => isObject(value) && typeof value.aborted === "boolean" && typeof value.addEventListener === "function",
  "Give the signal of an AbortController.",
);

/** @param least the smallest number */
export function numberGiven(least: number, most = Number.MAX_VALUE): Given {
  const range = most === Number.MAX_VALUE ? `of ${least} or more` : `from ${least} to ${most}`;
  return takes((value) => typeof value === "number" && value >= least && value <= most, `Give a number ${range}.`);
}

export function oneOfGiven(values: readonly unknown[]): Given {
  return takes((value) => values.includes(value), `Give one of: ${values.join(", ")}`);
}

export function nullOr(given: Given): Given {
  return (name, value) => {
    if (value !== null) given(name, value);
  };
}

export function listGiven(given: Given): Given {
  return (name, value) => {
    if (!Array.isArray(value)) refuseArgument(name, value, "Give an array.");
    for (const [index, item] of value.entries()) given(`${name}[${index}]`, item);
  };
}

/** An object whose keys are given or undefined. */
export function objectGiven(keys: Readonly<Record<string, Given>>, hint: string): Given {
  return (name, value) => {
    if (!isObject(value)) refuseArgument(name, value, hint);
    for (const [key, given] of Object.entries(keys)) {
      if (value[key] !== undefined) given(`${name}.${key}`, value[key]);
    }
  };
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
