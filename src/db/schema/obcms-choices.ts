import type { Choice, TextRules } from "../../core/records/text-rules.ts";

/** What the forms of OBCMS offer. */
export const OBCMS_TEXTS: TextRules = {
  settlement_type: {
    choices: [
      choice("village", "Village"),
      choice("subdivision", "Subdivision"),
      choice("sitio", "Sitio"),
      choice("purok", "Purok"),
      choice("compound", "Compound"),
      choice("dispersed", "Dispersed Settlement"),
    ],
  },
  proximity_to_barmm: {
    choices: [
      choice("adjacent", "Adjacent to BARMM"),
      choice("near", "Near BARMM"),
      choice("distant", "Distant from BARMM"),
    ],
  },
  primary_ethnolinguistic_group: {
    choices: [
      choice("badjao", "Badjao", "Badjau, Badjaw, Bajao, Bajau, Bajaw, Sama Dilaut"),
      choice("iranun", "Iranun", "Ilanon, Ilanun, Illanun, Iranon"),
      choice("jama_mapun", "Jama Mapun", "Mapun"),
      choice("kagan_kalagan", "Kagan/Kalagan", "Kaagan, Kagan, Kalagan"),
      choice("kolibugan", "Kolibugan", "Kalibogan, Kalibugan, Kolibogan"),
      choice("maguindanaon", "Maguindanaon", "Magindanao, Magindanaon, Maguindanao"),
      choice("meranaw", "Meranaw", "Maranao, Maranaw, Meranao, M'ranao, M'ranaw"),
      choice("molbog", "Molbog", "Molbug"),
      choice("palawani", "Palawani", "Palaw'an, Palawano"),
      choice("sama", "Sama", "Samal, Sama/Samal"),
      choice("sangil", "Sangil", "Sanggil, Sangir"),
      choice("tausug", "Tausug", "Taosug, Tausog"),
      choice("yakan", "Yakan"),
      choice("other", "Other", "Others"),
    ],
  },
};

/** @param spellings separated by commas */
function choice(value: string, label: string, spellings = ""): Choice {
  return { value, label, spellings: spellings === "" ? [] : spellings.split(", ") };
}
