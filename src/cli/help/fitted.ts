import { Help } from "commander";

/**
 * Breaks the lines of a text that are wider than the terminal, between words. Continued lines are indented like the text
 * of the line; a command goes on after a backslash, so that it can be pasted.
 */
export function fitted(text: string, width: number): string {
  return text
    .split("\n")
    .map((line) => (line.length <= width ? line : brokenLine(line, width)))
    .join("\n");
}

const COMMAND = /^\s*\$ /;

/** Spaces, and the number of an exit code. */
const LEAD = /^\s*(?:\d+\s+)?/;

function brokenLine(line: string, width: number): string {
  const lead = LEAD.exec(line)?.[0] ?? "";
  const isCommand = COMMAND.test(line);
  // A quoted argument stays whole.
  const [first = "", ...rest] = line.slice(lead.length).match(isCommand ? /(?:"[^"]*"|[^\s"])+/g : /\S+/g) ?? [];
  const [indent, end] = isCommand ? [`${lead}    `, " \\"] : [" ".repeat(lead.length), ""];
  const lines: string[] = [];
  let current = lead + first;
  for (const word of rest) {
    if (current.length + 1 + word.length + end.length <= width) current += ` ${word}`;
    else {
      lines.push(current + end);
      current = indent + word;
    }
  }
  return [...lines, current].join("\n");
}

const SPACE = 2;

/** Commander's layout of a flag and its description; in a narrow terminal the description is below the flag. */
export function formatItem(this: Help, term: string, termWidth: number, description: string, helper: Help): string {
  const width = helper.helpWidth ?? 80;
  if (description === "" || width - termWidth - 2 * SPACE >= helper.minWidthToWrap) {
    return Help.prototype.formatItem.call(this, term, termWidth, description, helper);
  }
  const indent = " ".repeat(3 * SPACE);
  return fitted(`${" ".repeat(SPACE)}${term}\n${indent}${description}`, width);
}
