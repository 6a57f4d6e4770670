import { UsageError } from "../../../core/errors.ts";
import { readColumnMapping } from "../../../core/headings/import-columns.ts";
import type { CommandContext } from "../../context.ts";
import type { FileOptions } from "./file-options.ts";

/** The options with a mapping of the unknown headings too, as the user answers (--interactive). */
export async function withAnswers(options: FileOptions, context: CommandContext): Promise<FileOptions> {
  const { isPipe, STANDARD_INPUT } = await import("../../../files/open-file.ts");
  const { file } = options;
  if (file === STANDARD_INPUT || isPipe(file)) {
    throw new UsageError("--interactive needs a file that can be read twice", "Save it, and import that file.");
  }
  const { findUnknownHeadings, saveMapping } = await import("../../../operations/import/unknown-headings.ts");
  const { askHeadings } = await import("../../terminal/ask-headings.ts");
  const answers = await askHeadings(await findUnknownHeadings(options), context);
  if (answers.length === 0) return options;
  const path = await askPath(context);
  if (path !== "") await saveMapping(path, answers, { imported: file, database: context.settings.database });
  return { ...options, mapping: new Map([...options.mapping, ...readColumnMapping(answers)]) };
}

/** The file to save the answers to; "" for none. A file named "y" is not what a yes asks for. */
async function askPath({ ask }: CommandContext): Promise<string> {
  let question = "Save these answers for --mapping? File name, or Enter not to: ";
  for (;;) {
    const answer = (await ask(question)) ?? "";
    if (/^no?$/i.test(answer)) return "";
    if (!/^y(es)?$/i.test(answer)) return answer;
    question = "File name, such as mapping.json: ";
  }
}
