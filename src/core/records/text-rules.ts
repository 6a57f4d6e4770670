import { UsageError } from "../errors.ts";
import type { CommunityTextColumn } from "../fields.ts";
import { bad, good, type Parsed } from "./parse-value.ts";

/** One of the values that a column takes. */
export interface Choice {
  /** As it is stored. */
  value: string;
  /** As the forms of the application show it. */
  label: string;
  /** Other common spellings of the same. */
  spellings: readonly string[];
}

export interface TextRule {
  /** The length of the column in characters. */
  longest?: number;
  choices?: readonly Choice[];
}

/** What an application takes in the text columns of a community. A column that is absent takes any text. */
export type TextRules = Readonly<{ [Column in CommunityTextColumn]?: TextRule }>;

export function textRuleOf(rules: TextRules, column: string): TextRule | undefined {
  return rules[column as CommunityTextColumn];
}

/** The text to store. A choice may be given by its value, its label or a common spelling, in any case. */
export function fitText({ longest, choices }: TextRule, text: string): Parsed<string> {
  if (choices !== undefined) {
    const meant = choicesBySpelling(choices).get(squeezed(text));
    return meant === undefined ? bad(`not one of: ${choices.map(({ value }) => value).join(", ")}`) : good(meant);
  }
  if (longest !== undefined && text.length > longest) {
    const characters = [...text].length;
    if (characters > longest) return bad(`too long: ${characters} characters, and the column takes ${longest}`);
  }
  return good(text);
}

/**
 * The values with their texts as they are stored.
 *
 * @throws UsageError naming a column, its value and what it takes
 */
export function fitTexts<Values extends object>(rules: TextRules, values: Values): Values {
  const fitted = Object.entries(values).map(([column, value]) => {
    const rule = textRuleOf(rules, column);
    if (rule === undefined || typeof value !== "string") return [column, value];
    const parsed = fitText(rule, value);
    if (parsed.problem !== null)
      throw new UsageError(`${column}: "${value.slice(0, 100)}": ${parsed.problem}`, "Nothing was written.");
    return [column, parsed.value];
  });
  return Object.fromEntries(fitted) as Values;
}

const INDEXED = new WeakMap<readonly Choice[], Map<string, string>>();

function choicesBySpelling(choices: readonly Choice[]): Map<string, string> {
  let values = INDEXED.get(choices);
  if (values === undefined) {
    values = new Map(
      choices.flatMap(({ value, label, spellings }) =>
        [value, label, ...spellings].map((spelling): [string, string] => [squeezed(spelling), value]),
      ),
    );
    INDEXED.set(choices, values);
  }
  return values;
}

/** Without case, diacritics, blanks and punctuation: "Kagan/Kalagan" is kagan_kalagan. */
function squeezed(text: string): string {
  return text
    .normalize("NFD")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");
}
