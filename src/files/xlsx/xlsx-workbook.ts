/** Reads what the sheets of a workbook share: the list of sheets, the shared strings and the cell styles. */

import { InputError } from "../../core/errors.ts";
import type { SheetName } from "../../core/records/table-source.ts";
import { type Shown, shownBy } from "../workbook/number-format.ts";
import { MAX_KEPT_BYTES, type WorkbookArchive } from "../workbook/workbook-archive.ts";
import { collectAllXml, prefixedAttribute, type XmlAttributes, type XmlCollector } from "../workbook/xml-stream.ts";
import { StyleCollector } from "./xlsx-styles.ts";
import { SharedStringCollector } from "./xlsx-text.ts";

export interface XlsxSheet extends SheetName {
  /** Path of the sheet's XML in the archive. */
  part: string;
}

/** What the sheets of a workbook share. */
export interface SharedParts {
  epoch1904: boolean;
  sharedStrings: string[];
  /** What a cell style shows, by the number of the style. */
  shownByStyle: Shown[];
}

/** Excel allows 31 characters, others up to 100. */
const MAX_SHEET_NAME = 200;

interface Element {
  name: string;
  attributes: XmlAttributes;
}

/** Collects the elements with the given names, and their attributes. */
class ElementCollector implements XmlCollector<Element> {
  readonly items: Element[] = [];
  readonly #names: readonly string[];

  constructor(names: readonly string[]) {
    this.#names = names;
  }

  open(name: string, attributes: XmlAttributes): void {
    if (this.#names.includes(name)) this.items.push({ name, attributes });
  }
  text(): void {}
  close(): void {}
}

/** The sheets, ordered as in the workbook. Cheap: reads neither strings nor styles. */
export async function readSheetList(archive: WorkbookArchive): Promise<{ sheets: XlsxSheet[]; epoch1904: boolean }> {
  const { workbookPart, elements } = await readWorkbookPart(archive);
  const relations = await readRelations(archive, workbookPart);
  const sheets = elements.flatMap(({ name: element, attributes }) => {
    const target = element === "sheet" ? relations.get(prefixedAttribute(attributes, "id") ?? "") : undefined;
    // A chart sheet has no cells.
    if (!target?.type.endsWith("/worksheet")) return [];
    const name = (attributes.name ?? "").slice(0, MAX_SHEET_NAME);
    return [{ name, hidden: (attributes.state ?? "visible") !== "visible", part: target.part }];
  });
  const epoch1904 = elements.some(
    ({ name, attributes }) => name === "workbookPr" && /^(1|true)$/.test(attributes.date1904 ?? ""),
  );
  if (sheets.length === 0) throw new InputError(`${archive.name} has no sheet`, "Give a workbook that has one.");
  return { sheets, epoch1904 };
}

export async function readSharedParts(archive: WorkbookArchive): Promise<SharedParts> {
  const { epoch1904 } = await readSheetList(archive);
  const { workbookPart } = await readWorkbookPart(archive);
  const parts = [...(await readRelations(archive, workbookPart)).values()];
  const partOf = (type: string) => parts.find((part) => part.type.endsWith(type))?.part;
  const stringsPart = partOf("/sharedStrings");
  const stylesPart = partOf("/styles");
  return {
    epoch1904,
    sharedStrings: stringsPart ? await collect(archive, stringsPart, new SharedStringCollector()) : [],
    shownByStyle: stylesPart ? (await collect(archive, stylesPart, new StyleCollector())).map(shownBy) : [],
  };
}

interface Relation {
  type: string;
  part: string;
}

async function readWorkbookPart(archive: WorkbookArchive): Promise<{ workbookPart: string; elements: Element[] }> {
  const main = [...(await readRelations(archive, "")).values()].find(({ type }) => type.endsWith("/officeDocument"));
  const workbookPart = main?.part ?? "xl/workbook.xml";
  if (!archive.has(workbookPart)) {
    throw new InputError(
      `${archive.name} is a zip file but not an .xlsx workbook`,
      "Open it in a spreadsheet program and save it as .xlsx.",
    );
  }
  return {
    workbookPart,
    elements: await collect(archive, workbookPart, new ElementCollector(["sheet", "workbookPr"])),
  };
}

/** The relations of a part by id, with targets as paths in the archive; for "" those of the package. */
async function readRelations(archive: WorkbookArchive, part: string): Promise<Map<string, Relation>> {
  const folder = part.slice(0, part.lastIndexOf("/") + 1);
  const relationsPart = `${folder}_rels/${part.slice(folder.length)}.rels`;
  if (!archive.has(relationsPart)) return new Map();
  const elements = await collect(archive, relationsPart, new ElementCollector(["Relationship"]));
  return new Map(
    elements.map(({ attributes: { Id = "", Type = "", Target = "" } }) => {
      // A target is relative to the part, or absolute from the root of the archive. A malformed one is no part.
      const root = `zip:/${folder}`;
      const part = URL.canParse(Target, root) ? new URL(Target, root).pathname.slice(1) : "";
      return [Id, { type: Type, part }];
    }),
  );
}

function collect<Item>(archive: WorkbookArchive, part: string, collector: XmlCollector<Item>): Promise<Item[]> {
  return collectAllXml(archive.read(part, MAX_KEPT_BYTES), collector, `${archive.name}, ${part}`);
}
