import { UsageError } from "../../core/errors.ts";
import { columnGiven, IMPORT_COLUMNS } from "../../core/headings/import-columns.ts";
import type { UnknownHeading } from "../../core/headings/unknown-headings.ts";
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
  for (const heading of unknown) answers.push([heading.heading, await askColumn(heading, ask)]);
  return answers;
}

async function askColumn(
  { heading, columns, samples }: UnknownHeading,
  ask: CommandContext["ask"],
): Promise<string | null> {
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
    if (column !== undefined) return column;
    question =
      answer === "?"
        ? `${IMPORT_COLUMNS.join(", ")}\nColumn? `
        : `There is no column "${answer.slice(0, 60)}". Column? `;
  }
}
