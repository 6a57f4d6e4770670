/** What was made of the headings and the sheets of a file. */

/** A column of an imported file, as its author knows it. */
export interface FileColumn {
  heading: string;
  /** The letter of the column in a workbook: J. Null in other files, and where sheets have it at different letters. */
  letter: string | null;
}

/** A heading of a file and what it was read as. */
export interface ReadHeading {
  heading: string;
  /** Null where the column is not imported. */
  column: string | null;
  /** What else a user should know; "" where there is nothing. */
  note: string;
}

/** Of several sheets, those of all of them. */
export interface ReadColumns {
  /** The columns that were read, by the name that findings have. */
  columns: Record<string, FileColumn>;
  /** Unknown columns of the file (--ignore-unknown). */
  ignoredColumns: string[];
  /** Headings of the file that are not the names of columns, and what they were read as. */
  headings: ReadHeading[];
}

/** Which sheets of a workbook were read. */
export interface ReadSheets {
  read: string[];
  /** Hidden sheets, and those without a heading for the barangay. */
  passedOver: Array<{ name: string; why: string }>;
}
