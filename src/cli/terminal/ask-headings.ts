import { UsageError } from "../../core/errors.ts";
import { columnGiven, IMPORT_COLUMNS } from "../../core/headings/import-columns.ts";
import type { UnknownHeading } from "../../core/headings/unknown/unknown-headings.ts";
import type { CommandContext } from "../context.ts";

/** A heading and the column that the user gave it; null ignores it. */
export type Answer = [heading: string, column: string | null];

/**
 * Asks for the column of each unknown heading.
 *
 * @throws UsageError without a terminal
 */
export async function askHeadings(unknown: readonly UnknownHeading[], { ask }: CommandContext): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const heading of unknown) {
    // Headings of different sheets may mean the same column.
    const answered = answers.filter((_, other) => unknown[other]?.sheet === heading.sheet);
    const taken = new Set([...heading.taken, ...answered.flatMap(([, column]) => column ?? [])]);
    answers.push([heading.heading, await askColumn(heading, taken, ask)]);
  }
  return answers;
}

async function askColumn(
  { heading, columns: suggested, samples }: UnknownHeading,
  taken: ReadonlySet<string>,
  ask: CommandContext["ask"],
): Promise<string | null> {
  const columns = suggested.filter((column) => !taken.has(column));
  const [likeliest] = columns;
  const values = samples.length === 0 ? "" : ` (${samples.map((sample) => sample.slice(0, 20)).join(", ")} …)`;
  const meant = columns.length === 0 ? "" : ` may be ${columns.join(" or ")}`;
  const enter = likeliest === undefined ? "Enter or - ignores it" : `Enter takes ${likeliest}, - ignores it`;
  let question = `"${heading.slice(0, 60)}"${values}${meant}. Column? ${enter}, ? lists all: `;
  for (;;) {
    const answer = await ask(question);
    if (answer === null)
      throw new UsageError("--interactive needs a terminal", "Map the headings with --map or --mapping.");
    if (answer === "-" || (answer === "" && likeliest === undefined)) return null;
    if (answer === "") return likeliest as string;
    const column = columnGiven(answer);
    if (column !== undefined && !taken.has(column)) return column;
    if (answer === "?") question = `${IMPORT_COLUMNS.join(", ")}\n  Column? `;
    else if (column === undefined) question = `There is no column "${answer.slice(0, 60)}". Column? `;
    else question = `Another heading is ${column} already. Column? `;
  }
}
