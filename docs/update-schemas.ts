/**
 * Writes the JSON Schemas of the documents into docs/schemas, from the types in src/render/json/types. A test fails if
 * they differ.
 *
 *     npm run docs:schemas
 */
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createGenerator, type Schema } from "ts-json-schema-generator";

/** The type of the document in each file. */
const DOCUMENTS = {
  "analyze-list": "CheckListDocument",
  analyze: "AnalyzeDocument",
  apply: "ApplyDocument",
  community: "CommunityDocument",
  completion: "CompletionDocument",
  coverage: "CoverageDocument",
  error: "ErrorDocument",
  "export-file": "ExportFileDocument",
  export: "ExportDocument",
  "history-prune": "PruneDocument",
  "history-show": "ShownRunDocument",
  "history-unit": "UnitHistoryDocument",
  history: "HistoryDocument",
  "import-columns": "ColumnsDocument",
  "import-resolve": "ResolveDocument",
  "import-template": "TemplateDocument",
  import: "ImportDocument",
  init: "InitDocument",
  inspect: "InspectDocument",
  list: "ListDocument",
  "migrate-remove": "RemovalDocument",
  migrate: "MigrateDocument",
  perf: "PerfDocument",
  plan: "PlanDocument",
  report: "FiguresDocument",
  revert: "RevertDocument",
  status: "StatusDocument",
  sync: "SyncDocument",
  verify: "VerifyDocument",
  "watch-event": "WatchEventDocument",
  watch: "WatchDocument",
} as const;

export type SchemaName = keyof typeof DOCUMENTS;

export const SCHEMAS_FOLDER = join(import.meta.dirname, "schemas");

/** The text of each file, by its name. */
export function schemaFiles(): Record<string, string> {
  const project = join(import.meta.dirname, "..");
  const generator = createGenerator({
    path: join(project, "src/render/json/types/*.ts"),
    tsconfig: join(project, "tsconfig.json"),
    // npm run check:types has checked them.
    skipTypeCheck: true,
    topRef: false,
    expose: "none",
    additionalProperties: false,
  });
  const schemas = Object.entries(DOCUMENTS).map(([name, type]) => {
    const { $schema: _, ...schema } = generator.createSchema(type);
    const text = JSON.stringify(
      { $schema: DIALECT, $id: `urn:obc-sync:schemas:${name}`, ...dialect2020(schema) },
      null,
      2,
    );
    return [`${name}.json`, `${text}\n`];
  });
  return Object.fromEntries(schemas);
}

const DIALECT = "https://json-schema.org/draft/2020-12/schema";

/** The generator writes draft 7, of which only the name of the definitions has changed. */
function dialect2020({ definitions, ...schema }: Schema): object {
  const text = JSON.stringify(definitions === undefined ? schema : { ...schema, $defs: definitions });
  return JSON.parse(text.replaceAll('"#/definitions/', '"#/$defs/'));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const file of readdirSync(SCHEMAS_FOLDER)) rmSync(join(SCHEMAS_FOLDER, file));
  for (const [file, text] of Object.entries(schemaFiles())) writeFileSync(join(SCHEMAS_FOLDER, file), text);
}
