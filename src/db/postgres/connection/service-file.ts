import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { UsageError } from "../../../core/errors.ts";

/** The settings of a service by the names of libpq: host, port, dbname, user, sslmode and others. */
export type Service = ReadonlyMap<string, string>;

/** Where Debian's packages, and those that PostgreSQL itself distributes, look for the file of the whole machine. */
const SYSTEM_FOLDERS = ["/etc/postgresql-common", "/usr/local/pgsql/etc"];

/**
 * Finds a service as libpq does: in the file of the user, then in that of the machine.
 *
 * @throws UsageError naming the files, if none has the service or one cannot be read
 */
export function findService(name: string, environment: NodeJS.ProcessEnv): Service {
  const { PGSERVICEFILE: own, PGSYSCONFDIR: folder } = environment;
  const system = (folder ? [folder] : SYSTEM_FOLDERS).map((path) => join(path, "pg_service.conf"));
  const files = [own || join(homedir(), ".pg_service.conf"), ...system];
  for (const file of files) {
    const text = contentOf(file);
    if (text === null && file === own) {
      throw new UsageError(`the service file ${file} does not exist`, "PGSERVICEFILE names it.");
    }
    const service = text === null ? null : serviceIn(file, text, name);
    if (service !== null) return service;
  }
  throw new UsageError(
    `there is no definition of the PostgreSQL service "${name}"`,
    `Looked for the line [${name}] in ${files.join(", ")}.`,
  );
}

function contentOf(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw new UsageError(`the service file ${file} cannot be read (${code})`, "Check its permissions.");
  }
}

/** The line itself is not shown: it may have a password. */
function syntaxError(file: string, line: number, why: string): UsageError {
  return new UsageError(`the service file ${file} has an error in line ${line}: ${why}`, EXAMPLE);
}

const EXAMPLE = "Write one setting on each line, without spaces around the =, for example host=db.example.org";

/**
 * The first group of that name. An INI library would read some passwords wrongly: the format has neither quotes nor
 * comments behind a value, and keeps every other character, as libpq does.
 */
function serviceIn(file: string, text: string, name: string): Service | null {
  let service: Map<string, string> | null = null;
  for (const [index, line] of text
    .split("\n")
    .map((raw) => raw.trim())
    .entries()) {
    if (line === "" || line.startsWith("#")) continue;
    if (line.startsWith("[")) {
      if (service !== null) return service;
      if (line.startsWith(`[${name}]`)) service = new Map();
    } else if (service !== null) {
      if (line.startsWith("ldap")) throw syntaxError(file, index + 1, "services of LDAP are not supported");
      const at = line.indexOf("=");
      const key = line.slice(0, at);
      if (at === -1) throw syntaxError(file, index + 1, "it has no =");
      if (!KEYWORD.test(key)) throw syntaxError(file, index + 1, `"${key}" is no setting`);
      if (key === "service") throw syntaxError(file, index + 1, "a service cannot name another one");
      // The first line of several counts.
      if (!service.has(key)) service.set(key, line.slice(at + 1));
    }
  }
  return service;
}

/** libpq accepts only settings that it knows. New ones come with each version, so only their form is checked. */
const KEYWORD = /^[a-z_]+$/;
