import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import type { SchemaName } from "../../docs/update-schemas.ts";
import { projectFolder } from "./project.ts";

/** Throws an error if a document of the program is not as its schema in docs/schemas. */
export function expectSchema(document: unknown): void {
  const name = schemaOf(document as Keys);
  if (name === null) throw new Error(`no schema is for a document with the keys ${Object.keys(document as Keys)}`);
  const validate = validatorOf(name);
  if (validate(document)) return;
  const problems = validate.errors?.map(({ instancePath, message, params }) => ({ instancePath, message, params }));
  throw new Error(`not as docs/schemas/${name}.json: ${JSON.stringify(problems)}`);
}

type Keys = Record<string, unknown>;

/** The schema of a document; null if there is none. */
function schemaOf(document: Keys): SchemaName | null {
  const { command, what, action } = document;
  if ("error" in document && command === undefined) return "error";
  if ("provenance" in document && command === undefined) return "export-file";
  switch (command) {
    case "import":
      return what === "resolve" || what === "columns" || what === "template" ? `import-${what}` : "import";
    case "community":
    case "coverage":
      return action === "list" ? "list" : command;
    case "analyze":
      return "database" in document ? "analyze" : "analyze-list";
    case "history":
      if ("pruned" in document) return "history-prune";
      if ("unit" in document) return "history-unit";
      return "run" in document ? "history-show" : "history";
    case "migrate":
      return "removed" in document ? "migrate-remove" : "migrate";
    case "watch":
      return "event" in document ? "watch-event" : "watch";
    case "apply":
    case "completion":
    case "export":
    case "init":
    case "inspect":
    case "perf":
    case "plan":
    case "report":
    case "revert":
    case "status":
    case "sync":
    case "verify":
      return command;
    default:
      return null;
  }
}

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: false });
const validators = new Map<SchemaName, ValidateFunction>();

function validatorOf(name: SchemaName): ValidateFunction {
  const known = validators.get(name);
  if (known !== undefined) return known;
  const schema = JSON.parse(readFileSync(join(projectFolder, "docs/schemas", `${name}.json`), "utf8"));
  const validate = ajv.compile(schema);
  validators.set(name, validate);
  return validate;
}
