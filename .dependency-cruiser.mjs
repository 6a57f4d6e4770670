/**
 * The architecture as rules. Imports run one way: bin -> cli -> operations, render, settings; operations -> core, db,
 * files; db, files, render -> core. Inside src/core and src/db, each folder imports only from folders listed before it.
 */

/** From the bottom up. Files directly in src/core may be imported by every folder, and import from none of them. */
const CORE_ROOMS = [
  "sync",
  "records",
  "places",
  "geography",
  "figures",
  "verify",
  "diagnosis",
  "headings",
  "rows",
  "import",
  "runs",
  "reverts",
  "plans",
  "boundaries",
  "overview",
  "setup",
];

/** From the bottom up. sqlite and postgres implement the interfaces of dialect; only dialect-of.ts imports both. */
const DB_ROOMS = [
  "schema",
  "dialect",
  "connection",
  "transaction",
  "capture",
  "places",
  "records",
  "sync",
  "runs",
  "reverts",
  "figures",
  "import",
  "verify",
  "diagnosis",
  "checks",
  "setup",
];

/** A folder may not import from the folders above it. */
function floors(folder, rooms, comment) {
  return rooms.slice(0, -1).map((room, index) => ({
    name: `${folder.split("/")[1]}-${room}-stays-on-its-floor`,
    comment,
    severity: "error",
    from: { path: `^${folder}/${room}/` },
    to: { path: `^${folder}/(${rooms.slice(index + 1).join("|")})/` },
  }));
}

export default {
  forbidden: [
    {
      name: "core-is-pure",
      comment:
        "core decides and computes; it must be testable without a database, a file, a clock or a terminal. " +
        "Only libraries that are pure functions are allowed; they are listed here.",
      severity: "error",
      from: { path: "^src/core" },
      to: { pathNot: "^(src/core|node_modules/fastest-levenshtein)/" },
    },
    ...floors(
      "src/core",
      CORE_ROOMS,
      "Each subject builds on simpler ones (a plan needs no file, an import needs places), so that a folder can be read " +
        "without those above it.",
    ),
    {
      name: "core-door-knows-no-room",
      comment:
        "Every folder uses fields, errors and counts. Only report.ts, the union of reports, imports from the folders.",
      severity: "error",
      from: { path: "^src/core/[^/]+\\.ts$", pathNot: "^src/core/report\\.ts$" },
      to: { path: "^src/core/[^/]+/" },
    },
    {
      name: "rooms-do-not-know-the-union-of-reports",
      comment: "report.ts combines what the folders define; a folder that imported it would depend on all others.",
      severity: "error",
      from: { path: "^src/core/[^/]+/" },
      to: { path: "^src/core/report\\.ts$" },
    },
    {
      name: "knex-lives-in-db",
      comment: "Everything about a database and its SQL is in one folder, so that reviewers know where to look.",
      severity: "error",
      from: { pathNot: "^(src/db|migrations)" },
      to: { path: "^node_modules/(knex|pg|pg-copy-streams|better-sqlite3)/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "db-knows-only-core",
      comment: "The database layer neither reads files nor prints.",
      severity: "error",
      from: { path: "^src/db" },
      to: { path: "^src/(cli|operations|files|render|settings)" },
    },
    ...floors(
      "src/db",
      DB_ROOMS,
      "Tables come first, then change capture, then reads and writes, then checks, so that a folder can be read without " +
        "those above it.",
    ),
    {
      name: "verify-shares-nothing-with-sync",
      comment: "Verification is evidence only if it is independent: docs/decisions/verify-by-its-own-route.md.",
      severity: "error",
      from: { path: "^src/db/verify" },
      to: { path: "^src/db/(sync|records|capture|runs|reverts)/" },
    },
    {
      name: "databases-do-not-know-each-other",
      comment: "SQLite and PostgreSQL implement the same interfaces; code that both need belongs in neither folder.",
      severity: "error",
      from: { path: "^src/db/(sqlite|postgres)/" },
      to: { path: "^src/db/(sqlite|postgres)/", pathNot: "^src/db/$1/" },
    },
    {
      name: "databases-are-behind-the-dialect",
      comment:
        "SQL that only one database supports stays in its folder; other code uses the dialect of the connection.",
      severity: "error",
      from: {
        path: "^src",
        pathNot: "^src/db/(sqlite|postgres)/|^src/db/connection/(dialect-of|open-quickly)\\.ts$",
      },
      to: { path: "^src/db/(sqlite|postgres)/" },
    },
    {
      name: "a-database-room-knows-its-ground",
      comment: "A database's folder only translates; the folders above decide what to read, sync or check.",
      severity: "error",
      from: { path: "^src/db/(sqlite|postgres)/" },
      to: { path: "^src/db/(places|records|sync|runs|reverts|figures|import|verify|checks)/" },
    },
    {
      name: "operations-know-db-files-and-core",
      comment: "An operation combines the steps of one transaction; the command line and the library are its clients.",
      severity: "error",
      from: { path: "^src/operations" },
      to: { path: "^src/(cli|render|settings|index)" },
    },
    {
      name: "operations-do-not-print",
      comment: "An operation returns a report; only the command line turns reports into text and exit codes.",
      severity: "error",
      from: { path: "^src/operations" },
      to: { path: "^node_modules/(chalk|ora|cli-table3|commander)/" },
    },
    {
      name: "cli-is-a-client-of-operations",
      comment:
        "The command line accesses the database only through operations, so a program can do everything it does.",
      severity: "error",
      from: { path: "^src/cli" },
      to: { path: "^src/db/" },
    },
    {
      name: "shared-pieces-know-no-operation",
      comment:
        "operations/shared has steps that operations share; a step that called an operation would be an operation.",
      severity: "error",
      from: { path: "^src/operations/shared/" },
      to: { path: "^src/operations/(?!shared/)" },
    },
    {
      name: "migrations-import-nothing-of-the-program",
      comment: "A released migration never changes, however the program changes: it contains its own SQL.",
      severity: "error",
      from: { path: "^migrations" },
      to: { path: "^(src|bin|fixtures)/" },
    },
    {
      name: "files-know-only-core",
      comment: "A file reader yields rows; core decides what they mean, and db where they go.",
      severity: "error",
      from: { path: "^src/files" },
      to: { path: "^src/(cli|operations|db|render|settings)" },
    },
    {
      name: "file-formats-do-not-know-each-other",
      comment: "Formats do not depend on each other; code that several need is directly in src/files.",
      severity: "error",
      from: { path: "^src/files/(xlsx|ods|xls|text|out)/" },
      to: { path: "^src/files/(xlsx|ods|xls|text|geography|out)/", pathNot: "^src/files/$1/" },
    },
    {
      name: "render-knows-only-core",
      comment: "Rendering is a function of a report; it never accesses the database.",
      severity: "error",
      from: { path: "^src/render" },
      to: { path: "^src/(cli|operations|db|files|settings)" },
    },
    {
      name: "no-cycles",
      comment: "Files in a cycle cannot be understood separately: they are one subject.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-orphans",
      comment:
        "A module that no other module imports is dead code. A declaration of a library's types is used without an import.",
      severity: "error",
      from: { orphan: true, path: "^src", pathNot: "\\.d\\.ts$" },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "types"] },
  },
};
