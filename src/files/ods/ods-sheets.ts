import { SaxesParser } from "saxes";
import type { SheetName } from "../../core/records/table-source.ts";
import { localName, matchTags, type XmlAttributes } from "../workbook/xml-stream.ts";

export interface OdsSheet extends SheetName {
  /** Among all tables of the part, from 0. */
  position: number;
}

/** Excel allows 31 characters, others up to 100. */
const MAX_SHEET_NAME = 200;

/** The tags of sheets, and those of the styles that hide them. An attribute may contain ">". */
const TAGS = /<(?:[\w.-]+:)?(table|style|table-properties)(?:\s(?:[^<>"']|"[^"<]*"|'[^'<]*')*)?>/g;
const EVERY_TAG = "<";

/** A copy of values of another file, which LibreOffice keeps as a sheet. */
const LINKED_FILE = /^'file:\/\//;

/** The sheets, ordered as in the workbook. */
export async function readOdsSheets(chunks: AsyncIterable<string>): Promise<OdsSheet[]> {
  const hiddenStyles = new Set<string>();
  const sheets: OdsSheet[] = [];
  let style = "";
  let position = 0;
  for await (const [tag, element] of matchTags(chunks, EVERY_TAG, TAGS)) {
    const attributes = attributesOf(tag);
    if (element === "style") style = attributes.name ?? "";
    else if (element === "table-properties") {
      if (attributes.display === "false") hiddenStyles.add(style);
    } else {
      const name = (attributes.name ?? "").slice(0, MAX_SHEET_NAME);
      const hidden = hiddenStyles.has(attributes["style-name"] ?? "");
      if (!LINKED_FILE.test(name)) sheets.push({ name, hidden, position });
      position += 1;
    }
  }
  return sheets;
}

/** The attributes of a start tag by their local names. */
function attributesOf(tag: string): XmlAttributes {
  let attributes: XmlAttributes = {};
  const parser = new SaxesParser({ position: false });
  parser.on("opentag", (parsed) => {
    attributes = parsed.attributes as XmlAttributes;
  });
  try {
    parser.write(tag);
  } catch {
    // The rows are parsed with the whole part, which reports the damage.
  }
  return localAttributes(attributes);
}

export function localAttributes(attributes: XmlAttributes): XmlAttributes {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [localName(name), value]));
}
