import { existsSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { findService } from "./service-file.ts";

/** The environment variables of libpq, by the settings that they are defaults of. */
const VARIABLES: Readonly<Record<string, string>> = {
  host: "PGHOST",
  hostaddr: "PGHOSTADDR",
  port: "PGPORT",
  dbname: "PGDATABASE",
  user: "PGUSER",
  options: "PGOPTIONS",
  application_name: "PGAPPNAME",
  connect_timeout: "PGCONNECT_TIMEOUT",
  sslmode: "PGSSLMODE",
  sslrootcert: "PGSSLROOTCERT",
  sslcert: "PGSSLCERT",
  sslkey: "PGSSLKEY",
};

/** The driver would take any of these as a wish for TLS. */
const TLS_SETTINGS = ["sslmode", "sslrootcert", "sslcert", "sslkey"];

/** Modes that a server without TLS satisfies; the driver does not know "allow". */
const WITHOUT_TLS = [undefined, "disable", "allow"];

/**
 * A PostgreSQL URL with everything that libpq would add: first from the service that the URL or PGSERVICE names, then from
 * the environment, then the user of the system and the server on this machine. The password is found later.
 *
 * @throws UsageError if the service is not found
 */
export function completeUrl(url: string, environment: NodeJS.ProcessEnv): string {
  const given = settingsOf(url);
  const serviceName = given.get("service") ?? environment.PGSERVICE;
  const service = serviceName ? findService(serviceName, environment) : new Map<string, string>();
  const settings = new Map([...fromEnvironment(environment), ...service, ...given]);
  const user = settings.get("user") ?? systemUser(environment);
  if (user !== undefined) settings.set("user", user);
  const host = settings.get("hostaddr") ?? settings.get("host");
  settings.set("host", host ?? localServer(settings.get("port") ?? DEFAULT_PORT));
  if (WITHOUT_TLS.includes(settings.get("sslmode"))) for (const name of TLS_SETTINGS) settings.delete(name);
  const added = [...settings].filter(([name, value]) => given.get(name) !== value);
  const query = new URLSearchParams(added).toString();
  return query === "" ? url : `${url}${url.includes("?") ? "&" : "?"}${query}`;
}

/** The parts of a URL by the names of libpq; parts that are empty are not there. */
function settingsOf(url: string): Map<string, string> {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  const parts = { host: hostname, port, user: username, password, dbname: pathname.replace(/^\//, "") };
  const all = [...Object.entries(parts), ...searchParams];
  return new Map(all.filter(([, value]) => value !== ""));
}

function fromEnvironment(environment: NodeJS.ProcessEnv): Array<[string, string]> {
  return Object.entries(VARIABLES).flatMap(([setting, variable]): Array<[string, string]> => {
    const value = environment[variable];
    return value ? [[setting, value]] : [];
  });
}

/** The account that the program runs as: cron sets no USER, and some containers have no name for their account. */
function systemUser({ USER }: NodeJS.ProcessEnv): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return USER;
  }
}

const DEFAULT_PORT = "5432";

/** Where PostgreSQL puts its Unix sockets: Debian and Red Hat in the first, Homebrew in the other. */
const SOCKET_FOLDERS = process.platform === "darwin" ? ["/var/run/postgresql", "/tmp"] : ["/var/run/postgresql"];

/** The folder of the server's Unix socket, as for libpq; localhost if there is none. */
function localServer(port: string): string {
  if (process.platform === "win32") return "localhost";
  return SOCKET_FOLDERS.find((folder) => existsSync(join(folder, `.s.PGSQL.${port}`))) ?? "localhost";
}

/** The host by which a password file knows a server: a server on this machine is localhost there. */
export function hostInPasswordFile(host: string): string {
  return SOCKET_FOLDERS.includes(host) ? "localhost" : host;
}
