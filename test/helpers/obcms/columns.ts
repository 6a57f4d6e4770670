/**
 * The columns of OBCMS's tables as Django creates them, ordered as in the tables. In the lists, each line names a kind
 * and consecutive columns of that kind; a line that is indented further continues the previous one.
 */
import { COMMUNITY_COLUMNS } from "./community-columns.ts";
import { COVERAGE_COLUMNS } from "./coverage-columns.ts";
import { PLACE_COLUMNS } from "./place-columns.ts";

const LISTS = { ...PLACE_COLUMNS, ...COMMUNITY_COLUMNS, ...COVERAGE_COLUMNS };

export type ObcmsTable = keyof typeof LISTS;

export interface Column {
  name: string;
  kind: keyof typeof KINDS;
  /** Of a varchar; 0 for the other kinds. */
  length: number;
}

interface Kind {
  sqlite: string;
  postgres: string;
  /** The default of Django's models. The columns themselves have no default. */
  value: string | number | boolean | null;
}

/** In a definition, # stands for the length and % for the name. */
export const KINDS = {
  id: { sqlite: "integer NOT NULL PRIMARY KEY AUTOINCREMENT", postgres: "bigserial NOT NULL PRIMARY KEY", value: null },
  varchar: { sqlite: "varchar(#) NOT NULL", postgres: "varchar(#) NOT NULL", value: "" },
  text: { sqlite: "text NOT NULL", postgres: "text NOT NULL", value: "" },
  figure: {
    sqlite: 'integer unsigned NULL CHECK ("%" >= 0)',
    postgres: 'integer NULL CHECK ("%" >= 0)',
    value: null,
  },
  count: {
    sqlite: 'integer unsigned NOT NULL CHECK ("%" >= 0)',
    postgres: 'integer NOT NULL CHECK ("%" >= 0)',
    value: 0,
  },
  true: { sqlite: "bool NOT NULL", postgres: "boolean NOT NULL", value: true },
  false: { sqlite: "bool NOT NULL", postgres: "boolean NOT NULL", value: false },
  now: {
    sqlite: "datetime NOT NULL",
    postgres: "timestamp with time zone NOT NULL",
    value: "2026-01-05 08:00:00.123456",
  },
  moment: { sqlite: "datetime NULL", postgres: "timestamp with time zone NULL", value: null },
  date: { sqlite: "date NULL", postgres: "date NULL", value: null },
  float: { sqlite: "real NULL", postgres: "double precision NULL", value: null },
  json: {
    sqlite: 'text NULL CHECK ((JSON_VALID("%") OR "%" IS NULL))',
    postgres: "jsonb NULL",
    value: null,
  },
  key: { sqlite: "bigint NOT NULL", postgres: "bigint NOT NULL", value: null },
  "key?": { sqlite: "bigint NULL", postgres: "bigint NULL", value: null },
} satisfies Record<string, Kind>;

/** Each table comes after the tables that it references. */
export const OBCMS_COLUMNS = Object.fromEntries(
  Object.entries(LISTS).map(([table, list]) => [table, columnsOf(list)]),
) as Record<ObcmsTable, Column[]>;

function columnsOf(list: string): Column[] {
  const columns: Column[] = [];
  let kind = "";
  for (const line of list.split("\n").filter((line) => line.trim() !== "")) {
    const words = line.trim().split(/ +/);
    if (!line.startsWith(" ".repeat(6))) kind = words.shift() ?? "";
    const [, name = "", length = "0"] = /^(.*?)(?:\((\d+)\))?$/.exec(kind) ?? [];
    for (const word of words) columns.push({ name: word, kind: name as Column["kind"], length: Number(length) });
  }
  return columns;
}
