/** The architecture as rules. Imports run one way: bin -> cli -> commands, render; commands -> core, db, files. */
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
    {
      name: "knex-lives-in-db",
      comment:
        "Everything about a database, its dialects and its SQL is in one folder, so that a reviewer finds it there.",
      severity: "error",
      from: { pathNot: "^(src/db|migrations)" },
      to: { path: "^node_modules/(knex|pg|pg-copy-streams|better-sqlite3)/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "db-knows-only-core",
      comment: "The database layer neither reads files nor prints.",
      severity: "error",
      from: { path: "^src/db" },
      to: { path: "^src/(cli|commands|operations|files|render|settings)" },
    },
    {
      name: "operations-know-db-and-core",
      comment: "An operation joins the steps of one transaction; the commands and the library both stand on it.",
      severity: "error",
      from: { path: "^src/operations" },
      to: { path: "^src/(cli|commands|files|render|settings)" },
    },
    {
      name: "migrations-know-only-db-and-core",
      comment: "A migration needs the registry of fields and table names, nothing of the program around them.",
      severity: "error",
      from: { path: "^migrations" },
      to: { path: "^src/(cli|commands|operations|files|render|settings)" },
    },
    {
      name: "files-know-only-core",
      comment: "A file reader yields rows; what they mean is core's, where they go is db's.",
      severity: "error",
      from: { path: "^src/files" },
      to: { path: "^src/(cli|commands|operations|db|render|settings)" },
    },
    {
      name: "render-knows-only-core",
      comment: "Rendering is a function of a report; it never sees the database that the report came from.",
      severity: "error",
      from: { path: "^src/render" },
      to: { path: "^src/(cli|commands|operations|db|files|settings)" },
    },
    {
      name: "commands-do-not-print",
      comment: "A command returns a report; only the cli turns reports into text and exit codes.",
      severity: "error",
      from: { path: "^src/commands" },
      to: { path: "^(src/(cli|render)|node_modules/(chalk|ora|cli-table3|commander)/)" },
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
      comment: "A module that nobody imports is dead code.",
      severity: "error",
      from: { orphan: true, path: "^src" },
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
