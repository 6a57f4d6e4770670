/**
 * The architecture as rules. Imports run one way: bin -> cli -> operations, render, settings; operations -> core, db,
 * files; db, files, render -> core. Inside src/core and src/db each room uses only the rooms listed before it.
 */

/** From the ground up. What lies directly in src/core may be used by every room and uses none of them. */
const CORE_ROOMS = ["sync", "records", "places", "geography", "verify", "diagnosis", "import", "runs"];

/** From the ground up. sqlite and postgres fulfil the interfaces of connection; dialect-of.ts alone knows both. */
const DB_ROOMS = ["schema", "connection", "capture", "places", "records", "sync", "runs", "import", "verify", "checks"];

/** A room may not import from the rooms above it. */
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
        "A library that is itself a pure function is welcome and named here.",
      severity: "error",
      from: { path: "^src/core" },
      to: { pathNot: "^(src/core|node_modules/fastest-levenshtein)/" },
    },
    ...floors(
      "src/core",
      CORE_ROOMS,
      "Each subject stands on simpler ones (a plan needs no file, an import needs places), so that a room can be read " +
        "without those above it.",
    ),
    {
      name: "core-door-knows-no-room",
      comment:
        "Fields, errors and counts are words that every room uses. Only report.ts, the union of reports, looks in.",
      severity: "error",
      from: { path: "^src/core/[^/]+\\.ts$", pathNot: "^src/core/report\\.ts$" },
      to: { path: "^src/core/[^/]+/" },
    },
    {
      name: "rooms-do-not-know-the-union-of-reports",
      comment: "report.ts gathers what the rooms define; a room that used it would depend on all others.",
      severity: "error",
      from: { path: "^src/core/[^/]+/" },
      to: { path: "^src/core/report\\.ts$" },
    },
    {
      name: "knex-lives-in-db",
      comment: "Everything about a database and its SQL is in one folder, so that a reviewer finds it there.",
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
      "Tables first, then what watches them, then what reads and writes them, then what checks them: a reader of one " +
        "room need not know those above it.",
    ),
    {
      name: "verify-shares-nothing-with-sync",
      comment:
        "Verification is evidence only while it has a route of its own: docs/decisions/verify-by-its-own-route.md.",
      severity: "error",
      from: { path: "^src/db/verify" },
      to: { path: "^src/db/(sync|records|capture|runs)/" },
    },
    {
      name: "databases-do-not-know-each-other",
      comment: "SQLite and PostgreSQL fulfil the same interfaces side by side; what both need belongs to neither.",
      severity: "error",
      from: { path: "^src/db/(sqlite|postgres)/" },
      to: { path: "^src/db/(sqlite|postgres)/", pathNot: "^src/db/$1/" },
    },
    {
      name: "databases-are-behind-the-dialect",
      comment: "SQL that only one database knows stays in its room: everybody else asks the dialect of the connection.",
      severity: "error",
      from: { path: "^src", pathNot: "^src/db/(sqlite|postgres)/|^src/db/connection/dialect-of\\.ts$" },
      to: { path: "^src/db/(sqlite|postgres)/" },
    },
    {
      name: "a-database-room-knows-its-ground",
      comment: "A database's room translates; what is read, synced or checked with it is decided above.",
      severity: "error",
      from: { path: "^src/db/(sqlite|postgres)/" },
      to: { path: "^src/db/(places|records|sync|runs|import|verify|checks)/" },
    },
    {
      name: "operations-know-db-files-and-core",
      comment: "An operation joins the steps of one transaction; the command line and the library are its clients.",
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
      comment: "What the command line can do, a program can do too: it reaches the database through operations only.",
      severity: "error",
      from: { path: "^src/cli" },
      to: { path: "^src/db/" },
    },
    {
      name: "shared-pieces-know-no-operation",
      comment: "operations/shared holds steps that operations share; a step that called an operation would be one.",
      severity: "error",
      from: { path: "^src/operations/shared/" },
      to: { path: "^src/operations/[^/]+\\.ts$" },
    },
    {
      name: "migrations-import-nothing-of-the-program",
      comment: "A released migration never changes, whatever the program becomes: it holds its own SQL.",
      severity: "error",
      from: { path: "^migrations" },
      to: { path: "^(src|bin|fixtures)/" },
    },
    {
      name: "files-know-only-core",
      comment: "A file reader yields rows; what they mean is core's, where they go is db's.",
      severity: "error",
      from: { path: "^src/files" },
      to: { path: "^src/(cli|operations|db|render|settings)" },
    },
    {
      name: "file-formats-do-not-know-each-other",
      comment: "A format is read or written without the others; what several need lies at the door of src/files.",
      severity: "error",
      from: { path: "^src/files/(xlsx|text|out)/" },
      to: { path: "^src/files/(xlsx|text|geography|out)/", pathNot: "^src/files/$1/" },
    },
    {
      name: "render-knows-only-core",
      comment: "Rendering is a function of a report; it never sees the database that the report came from.",
      severity: "error",
      from: { path: "^src/render" },
      to: { path: "^src/(cli|operations|db|files|settings)" },
    },
    {
      name: "no-cycles",
      comment: "A cycle means that two files are one subject.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-orphans",
      comment:
        "A module that nobody imports is dead code. A declaration of types for a library is used without an import.",
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
