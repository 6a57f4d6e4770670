/** A size to measure: the country, ten times the country, or fifty times the country. */
export interface Size {
  communities: number;
  municipalities: number;
  provinces: number;
  regions: number;
}

/** The country in PSA's edition of June 2025, with one community in each barangay. */
const COUNTRY: Size = { communities: 42_011, municipalities: 1_655, provinces: 118, regions: 18 };

/** A code has two digits for the region, from 10 to 99. */
const MOST_REGIONS = 90;

export function sizeOf(times: number): Size {
  return {
    communities: COUNTRY.communities * times,
    municipalities: COUNTRY.municipalities * times,
    provinces: COUNTRY.provinces * times,
    regions: Math.min(COUNTRY.regions * times, MOST_REGIONS),
  };
}
