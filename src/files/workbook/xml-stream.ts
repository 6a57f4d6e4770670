/** Parses XML as a stream: a collector turns elements into items, and nothing else is kept in memory. */
import { SaxesParser } from "saxes";
import { InputError } from "../../core/errors.ts";

export type XmlAttributes = Record<string, string>;

/** Builds items from parser events. Element names have no namespace prefix, since programs choose it freely. */
export interface XmlCollector<Item> {
  open(name: string, attributes: XmlAttributes): void;
  text(text: string): void;
  close(name: string): void;
  /** Completed items; the reader removes them. */
  items: Item[];
}

/** Bounds memory: the parser buffers a tag, text or comment as a whole. */
const MAX_TOKEN_CHARACTERS = 4 * 1024 ** 2;

/** Yields the items that each chunk completed. `where` names the file and the part in errors. */
export async function* collectXml<Item>(
  chunks: AsyncIterable<string>,
  collector: XmlCollector<Item>,
  where: string,
): AsyncGenerator<Item[]> {
  let charactersSinceEvent = 0;
  const parser = new SaxesParser({ position: false });
  parser.on("opentag", (tag) => {
    charactersSinceEvent = 0;
    collector.open(localName(tag.name), tag.attributes as XmlAttributes);
  });
  parser.on("text", (text) => {
    charactersSinceEvent = 0;
    collector.text(text);
  });
  parser.on("cdata", (text) => {
    collector.text(text);
  });
  parser.on("closetag", (tag) => {
    charactersSinceEvent = 0;
    collector.close(localName(tag.name));
  });
  parser.on("doctype", () => {
    throw new Error("it has a document type declaration, which is not allowed");
  });

  const run = (step: () => void): void => {
    try {
      step();
    } catch (cause) {
      throw damaged(where, cause);
    }
  };
  for await (const chunk of chunks) {
    charactersSinceEvent += chunk.length;
    if (charactersSinceEvent > MAX_TOKEN_CHARACTERS) throw damaged(where, new Error("a tag or text in it is too long"));
    run(() => parser.write(chunk));
    if (collector.items.length > 0) yield collector.items.splice(0);
  }
  run(() => parser.close());
  if (collector.items.length > 0) yield collector.items.splice(0);
}

/** All items of a part, in memory. */
export async function collectAllXml<Item>(
  chunks: AsyncIterable<string>,
  collector: XmlCollector<Item>,
  where: string,
): Promise<Item[]> {
  const all: Item[] = [];
  for await (const items of collectXml(chunks, collector, where)) for (const item of items) all.push(item);
  return all;
}

const MAX_TAG_CHARACTERS = 1000;

/**
 * Finds tags by a pattern instead of parsing the XML, which is several times as fast.
 *
 * @param needle a string that every match contains
 */
export async function* matchTags(
  chunks: AsyncIterable<string>,
  needle: string,
  pattern: RegExp,
): AsyncGenerator<RegExpMatchArray> {
  let unfinishedTag = "";
  for await (const chunk of chunks) {
    const xml = unfinishedTag + chunk;
    unfinishedTag = unfinishedTagOf(xml);
    if (xml.includes(needle)) yield* xml.slice(0, xml.length - unfinishedTag.length).matchAll(pattern);
  }
}

function unfinishedTagOf(xml: string): string {
  const start = xml.lastIndexOf("<");
  const isUnfinished = start !== -1 && !xml.includes(">", start) && xml.length - start <= MAX_TAG_CHARACTERS;
  return isUnfinished ? xml.slice(start) : "";
}

/** The attribute with that local name and any prefix (r:id, d3p1:id). */
export function prefixedAttribute(attributes: XmlAttributes, name: string): string | undefined {
  const key = Object.keys(attributes).find((candidate) => candidate.includes(":") && localName(candidate) === name);
  return key === undefined ? undefined : attributes[key];
}

export function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

function damaged(where: string, cause: unknown): InputError {
  if (cause instanceof InputError) return cause;
  return new InputError(
    `${where} is damaged (${(cause as Error).message})`,
    "Open the file in a spreadsheet program and save it again as .xlsx.",
    { cause },
  );
}
