/** One sample of a text in the exposition format of Prometheus. */
export interface PrometheusSample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

const NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
const LABEL = '([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\\\\n]|\\\\[\\\\"n])*)"';
const SAMPLE = new RegExp(`^(${NAME})(?:\\{((?:${LABEL})(?:,${LABEL})*)\\})? (-?\\d+(?:\\.\\d+)?)$`);

/**
 * Parses the text format of Prometheus, version 0.0.4, more strictly than Prometheus does: each family has HELP, TYPE
 * gauge and its samples, in this order and once. Throws an error with the first line that does not fit.
 */
export function parsePrometheusText(text: string): PrometheusSample[] {
  if (!text.endsWith("\n")) throw new Error("the last line has no line feed");
  const samples: PrometheusSample[] = [];
  const families = new Set<string>();
  const seen = new Set<string>();
  let family = "";
  let state: "help" | "type" | "samples" = "samples";
  for (const line of text.slice(0, -1).split("\n")) {
    const refuse = (why: string) => new Error(`${why}: ${line}`);
    const [, help] = new RegExp(`^# HELP (${NAME}) [^\\\\]+$`).exec(line) ?? [];
    const [, type] = new RegExp(`^# TYPE (${NAME}) gauge$`).exec(line) ?? [];
    if (help !== undefined) {
      if (families.has(help) || state === "help") throw refuse("a second HELP");
      families.add(help);
      [family, state] = [help, "help"];
    } else if (type !== undefined) {
      if (type !== family || state !== "help") throw refuse("TYPE does not follow HELP");
      state = "type";
    } else {
      const [, name = "", labels = ""] = SAMPLE.exec(line) ?? [];
      if (name === "" || name !== family || state === "help") throw refuse("no sample of the family");
      const key = line.slice(0, line.lastIndexOf(" "));
      if (seen.has(key)) throw refuse("the same sample again");
      seen.add(key);
      state = "samples";
      samples.push({ name, labels: labelsIn(labels), value: Number(line.slice(key.length + 1)) });
    }
  }
  if (state !== "samples") throw new Error(`${family} has no sample`);
  return samples;
}

function labelsIn(text: string): Record<string, string> {
  const pairs = [...text.matchAll(new RegExp(LABEL, "g"))];
  return Object.fromEntries(
    pairs.map(([, name, value = ""]) => [name, value.replace(/\\(.)/g, (_, c) => (c === "n" ? "\n" : c))]),
  );
}
