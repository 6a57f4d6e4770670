import { describe, expect, it } from "vitest";
import { type ColumnMapping, readColumnMapping } from "../../../src/core/headings/import-columns.ts";
import { hasNames, readImportHeader, readKeys, refuseMissingKeys } from "../../../src/core/headings/import-header.ts";

function read(line: string, { mapping = new Map() as ColumnMapping, ignoreUnknown = false, row = 1 } = {}) {
  return readImportHeader(line.split(","), row, { file: "list.csv", mapping, ignoreUnknown });
}

describe("a header", () => {
  it("has the positions of the place's columns and, in the order of the file, of the community's columns", () => {
    expect(read("HH,Barangay,Municipality,PWDs")).toMatchObject({
      headings: ["HH", "Barangay", "Municipality", "PWDs"],
      width: 4,
      codeIndex: -1,
      nameIndexes: { region: -1, province: -1, municipality: 2, barangay: 1 },
      columns: [
        { name: "households", index: 0 },
        { name: "pwd_count", index: 3 },
      ],
    });
  });

  it("may have columns without a heading", () => {
    expect(read("barangay_code,,households").unnamedIndexes).toEqual([1]);
  });

  it("of a rejects file is read without the four added columns, which still count for its width", () => {
    const header = read("barangay_code,households,row,column,code,message");
    expect(header).toMatchObject({ headings: ["barangay_code", "households"], width: 6 });
    expect(header.columns).toHaveLength(1);
  });
});

describe("a population that does not say whose", () => {
  it("is the community's, which is said", () => {
    const header = read("barangay_code,Pop.");
    expect(header.columns).toEqual([{ name: "estimated_obc_population", index: 1 }]);
    expect(header.readAs).toMatchObject([{ heading: "Pop.", column: "estimated_obc_population", note: /^not total_/ }]);
  });

  it("is the barangay's beside the community's", () => {
    expect(read("barangay_code,Total Population 2024,Muslim Population").columns).toEqual([
      { name: "total_barangay_population", index: 1 },
      { name: "estimated_obc_population", index: 2 },
    ]);
  });

  it("is refused where there are two", () => {
    expect(() => read("barangay_code,Population 2023,Population 2024")).toThrow("more than one column");
    expect(() => read("barangay_code,Pop.,OBC Pop.,Barangay Pop.")).toThrow('"Pop.", "Barangay Pop."');
  });

  it("is the community's in every line of NDJSON, whatever keys later lines have", () => {
    const options = { file: "list.ndjson", mapping: new Map(), ignoreUnknown: false };
    expect(readKeys(["barangay_code", "Population"], options).columns[0]?.name).toBe("estimated_obc_population");
    expect(() => readKeys(["barangay_code", "Population", "OBC Population"], options)).toThrow("more than one column");
  });
});

describe("columns of the same field", () => {
  it("are refused with the field, and how to keep one where their headings tell them apart", () => {
    expect(() => read("barangay_code,Children,0 - 9,60+,Senior Citizens,HH,H.H.")).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(
          /same field: children_0_9 \("Children", "0 - 9"\), seniors_60_plus \("60\+", "Senior Citizens"\), households/,
        ),
        hint: expect.stringMatching(
          /^children_0_9: .*--map "0 - 9="\n {2}seniors_60_plus: .*--map "Senior Citizens="\n {2}households: remove/,
        ),
      }),
    );
  });

  it("are no matter where they are unknown: they are listed once, and ignored together", () => {
    expect(() => read("barangay_code,HH,%,%")).toThrow('unknown column "%"');
    expect(read("barangay_code,HH,%,%", { ignoreUnknown: true }).ignored).toEqual(["%", "%"]);
  });
});

describe("passed over, and said, is a column", () => {
  it("of row numbers before the first figure", () => {
    const header = read("No.,barangay_code,households");
    expect(header.readAs).toEqual([{ heading: "No.", column: null, note: "row numbers" }]);
    expect(() => read("barangay_code,households,No.")).toThrow('unknown column "No."');
  });

  it("of men, for whom there is no field", () => {
    expect(read("barangay_code,Lalaki,Babae").readAs).toMatchObject([
      { heading: "Lalaki", column: null, note: "there is no field for men" },
      { heading: "Babae", column: "women_count" },
    ]);
  });
});

describe("a mapped heading that the file lacks", () => {
  const mapping = readColumnMapping([["Popp", "households"]]);

  it("is refused with the most similar ones", () => {
    expect(() => read("barangay_code,Pop,Women,Youth,Mood", { mapping })).toThrow(
      expect.objectContaining({
        message: 'list.csv, row 1: no column "Popp" to map',
        hint: expect.stringMatching(/^The most similar columns of the file are: "Pop", /),
      }),
    );
  });

  it("is none that differs in case, blanks or punctuation", () => {
    expect(read("barangay_code,p o P-p", { mapping }).columns).toEqual([{ name: "households", index: 1 }]);
  });

  it("may be missing where the mapping is for several files", () => {
    const shared = readColumnMapping([["Popp", "households"]], { optional: true });
    expect(read("barangay_code,HH", { mapping: shared }).columns).toHaveLength(1);
  });

  it("may come in a later line of NDJSON", () => {
    const options = { file: "list.ndjson", mapping, ignoreUnknown: false };
    expect(() => refuseMissingKeys(readKeys(["barangay_code", "HH"], options), options)).toThrow(
      'list.ndjson: no column "Popp" to map',
    );
    expect(() => refuseMissingKeys(readKeys(["barangay_code", "Popp"], options), options)).not.toThrow();
  });
});

it("unknown columns are ignored on request, and known afterwards", () => {
  const header = read("barangay_code,Colour,households,Mood", { ignoreUnknown: true });
  expect(header.ignored).toEqual(["Colour", "Mood"]);
});

it("unknown columns are refused with the columns that they may mean, at most two, none of them taken", () => {
  expect(() => read("barangay_code,Muslim HH,Kabataan,Mood,Kababihan")).toThrow(
    expect.objectContaining({
      hint: expect.stringMatching(
        /^"Muslim HH": did you mean households\? --map "Muslim HH=households"\n {2}"Kabataan": did you mean youth_15_30 or children_0_9\?.*\n {2}"Mood" resembles no field.*\n {2}"Kababihan": did you mean women_count\?/,
      ),
    }),
  );
  // These count others, or some of those that a field counts.
  for (const heading of ["Non-OBC", "Non-Muslim Households", "PWD Female", "Farmers and Fisherfolk", "% Women"]) {
    expect(() => read(`barangay_code,${heading}`)).toThrow(
      expect.objectContaining({ hint: expect.stringContaining(`"${heading}" resembles no field`) }),
    );
  }
  expect(() => read("barangay_code,Muslim HH,households")).toThrow(
    expect.objectContaining({ hint: expect.not.stringContaining("households?") }),
  );
});

describe("refused is", () => {
  it("every unknown column at once, with file and row", () => {
    expect(() => read("barangay_code,Colour,households,Mood", { row: 3 })).toThrow(
      'list.csv, row 3: unknown columns "Colour", "Mood"',
    );
  });

  it("is not one with unknown columns that are ignored, by flag or by mapping", () => {
    expect(read("barangay_code,Colour,households", { ignoreUnknown: true }).columns).toHaveLength(1);
    const mapping = readColumnMapping([["Colour", null]]);
    expect(read("barangay_code,Colour,households", { mapping }).columns).toHaveLength(1);
  });

  it("has one field under two headings", () => {
    expect(() => read("barangay_code,HH,households")).toThrow('"HH", "households"');
  });

  it("identifies no barangay", () => {
    expect(() => read("barangay,households")).toThrow(
      "no column barangay_code, and no columns barangay and municipality",
    );
  });

  it("has only columns of the place", () => {
    expect(() => read("barangay_code,barangay")).toThrow("nothing to import");
  });

  it("with the file alone where the rows carry their own names", () => {
    const options = { file: "list.ndjson", mapping: new Map(), ignoreUnknown: false };
    expect(() => readKeys(["barangay_code", "Colour"], options)).toThrow('list.ndjson: unknown column "Colour"');
  });
});

it("names identify a barangay with its municipality or its province", () => {
  expect(hasNames(read("barangay,municipality,households"))).toBe(true);
  expect(hasNames(read("barangay,province,households"))).toBe(true);
  expect(hasNames(read("barangay_code,barangay,households"))).toBe(false);
});
