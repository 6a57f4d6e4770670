export interface ValueClass {
  /** The smallest and the largest value in it. */
  from: number;
  to: number;
  count: number;
}

/**
 * Divides values into classes of about as many each, from the smallest up. Equal values are in one class, so there may be
 * fewer classes than asked for.
 */
export function quantileClasses(values: readonly number[], most = 5): ValueClass[] {
  const sorted = [...values].sort((one, other) => one - other);
  const classes: ValueClass[] = [];
  let end = 0;
  for (const [index, value] of sorted.entries()) {
    const last = classes.at(-1);
    if (last !== undefined && (index < end || last.to === value)) {
      last.to = value;
      last.count += 1;
      continue;
    }
    classes.push({ from: value, to: value, count: 1 });
    end = Math.ceil((sorted.length * Math.max(classes.length, Math.floor((index * most) / sorted.length) + 1)) / most);
  }
  return classes;
}

/** The position of the class of a value; -1 if it is in none. */
export function classOf(value: number, classes: readonly ValueClass[]): number {
  return classes.findIndex(({ from, to }) => value >= from && value <= to);
}
