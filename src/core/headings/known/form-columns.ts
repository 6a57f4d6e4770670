import { COMMUNITY_COORDINATES, isField, MAX_COMMUNITY_FIGURE } from "../../fields.ts";
import { COMMUNITY_COLUMNS } from "../../records/community.ts";
import { type TextRules, textRuleOf } from "../../records/text-rules.ts";
import { CODE_COLUMN, NAME_COLUMNS } from "../import-columns.ts";

/** The headings of a template and what people enter below them. An import knows each as the column. */
const HEADINGS: Record<string, [heading: string, note: string]> = {
  region: ["Region", "Leave as it is."],
  province: ["Province", "Leave as it is."],
  municipality: ["City/Municipality", "Leave as it is."],
  barangay: ["Barangay", "Leave as it is. Each barangay has one row."],
  barangay_code: ["Barangay code", "Leave as it is: it identifies the barangay."],
  obc_id: ["OBC ID", "The number of the community in your own records."],
  community_names: ["Community names", "The names of the communities in the barangay, separated by commas."],
  settlement_type: ["Settlement type", "How the community is settled."],
  primary_ethnolinguistic_group: ["Primary ethnolinguistic group", "The group to which most of the community belong."],
  proximity_to_barmm: ["Proximity to BARMM", "How near the community is to the Bangsamoro region."],
  source_document_reference: ["Source document", "Where the figures come from, such as a survey and its date."],
  notes: ["Remarks", "Anything else that others should know."],
  latitude: ["Latitude", "Decimal degrees, such as 7.19."],
  longitude: ["Longitude", "Decimal degrees, such as 124.24."],
  estimated_obc_population: ["OBC population", "People of the community in this barangay."],
  total_barangay_population: ["Barangay population", "All people of the barangay, of the community or not."],
  households: ["Households", "Households of the community."],
  families: ["Families", "Families of the community."],
  children_0_9: ["Children 0-9", "People of the community who are 0 to 9 years old."],
  adolescents_10_14: ["Adolescents 10-14", "People of the community who are 10 to 14 years old."],
  youth_15_30: ["Youth 15-30", "People of the community who are 15 to 30 years old."],
  adults_31_59: ["Adults 31-59", "People of the community who are 31 to 59 years old."],
  seniors_60_plus: ["Seniors 60+", "People of the community who are 60 years old or more."],
  women_count: ["Women", "Women and girls of the community."],
  solo_parents_count: ["Solo parents", "Solo parents of the community."],
  pwd_count: ["PWDs", "Persons with disabilities of the community."],
  farmers_count: ["Farmers", "Farmers of the community."],
  fisherfolk_count: ["Fisherfolk", "Fisherfolk of the community."],
  unemployed_count: ["Unemployed", "People of the community without work."],
  indigenous_peoples_count: ["Indigenous peoples", "People of the community who are indigenous."],
  idps_count: ["IDPs", "Internally displaced persons of the community."],
  migrants_transients_count: ["Migrants and transients", "Migrants and transients of the community."],
  csos_count: ["CSOs", "Civil society organizations of the community."],
  associations_count: ["Associations", "Associations of the community."],
  number_of_peoples_organizations: ["People's organizations", "People's organizations of the community."],
  number_of_cooperatives: ["Cooperatives", "Cooperatives of the community."],
  number_of_social_enterprises: ["Social enterprises", "Social enterprises of the community."],
  number_of_micro_enterprises: ["Micro-enterprises", "Micro-enterprises of the community."],
  number_of_unbanked_obc: ["Unbanked OBC", "People of the community without a bank account."],
  mosques_count: ["Mosques", "Mosques of the community."],
  madrasah_count: ["Madrasah", "Madrasah of the community."],
  asatidz_count: ["Asatidz", "Asatidz of the community."],
  religious_leaders_count: ["Religious leaders", "Religious leaders of the community."],
};

/** A column of a template. */
export interface TemplateColumn {
  name: string;
  heading: string;
  note: string;
  kind: "place" | "text" | "count" | "degrees";
  /** The numbers that it takes; null for text. */
  range: { from: number; to: number } | null;
  /** What to choose from, as people read it, and whether there is nothing else; null for any text. */
  choices: { labels: readonly string[]; only: boolean } | null;
}

/**
 * The columns of a template, ordered as in the file.
 *
 * @param texts what the database takes in columns of text
 * @param offered choices to offer where the database takes any text
 */
export function templateColumns(texts: TextRules, offered: TextRules): TemplateColumn[] {
  return [...NAME_COLUMNS, CODE_COLUMN, ...COMMUNITY_COLUMNS].map((name) => {
    const [heading = name, note = ""] = HEADINGS[name] ?? [];
    const { kind, range } = kindOf(name);
    const taken = textRuleOf(texts, name)?.choices;
    const choices = taken ?? textRuleOf(offered, name)?.choices;
    const labels = choices?.map(({ label }) => label) ?? null;
    const isFree = taken === undefined;
    return {
      ...{ name, heading, kind, range },
      note: [note, kind === "count" ? "Leave empty what is not known." : "", ...(labels ? [offer(isFree)] : [])]
        .filter((sentence) => sentence !== "")
        .join(" "),
      choices: labels === null ? null : { labels, only: !isFree },
    };
  });
}

function offer(isFree: boolean): string {
  return isFree ? "Choose from the list, or enter something else." : "Choose from the list.";
}

function kindOf(name: string): Pick<TemplateColumn, "kind" | "range"> {
  if (isField(name)) return { kind: "count", range: { from: 0, to: MAX_COMMUNITY_FIGURE } };
  const degrees = Object.entries(COMMUNITY_COORDINATES).find(([column]) => column === name)?.[1];
  if (degrees !== undefined) return { kind: "degrees", range: { from: degrees.min, to: degrees.max } };
  return { kind: COMMUNITY_COLUMNS.includes(name) ? "text" : "place", range: null };
}

/** The value as the forms show it: the label of a choice. */
export function shownText(texts: TextRules, column: string, value: string): string {
  return textRuleOf(texts, column)?.choices?.find((choice) => choice.value === value)?.label ?? value;
}
