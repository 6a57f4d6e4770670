/**
 * The columns and keys of OBCMS's tables, as read from databases that Django 3.2 created. They are independent of
 * the tables that tests create, which are compared with them.
 */
export interface TableFacts {
  /** Column names separated by white space, by type. */
  columns: Record<string, string>[];
  keys: string[];
}

/** The columns that communities and coverages have in common. */
const PROFILE = {
  id: "id",
  "bigint null": "deleted_by_id",
  boolean: "is_active is_deleted",
  "date null": "needs_assessment_date",
  "float null": "latitude longitude",
  integer: "asatidz_count madrasah_count mosques_count religious_leaders_count",
  "integer null": `
    adolescents_10_14 adults_31_59 associations_count children_0_9 csos_count established_year
    estimated_obc_population families farmers_count fisherfolk_count households idps_count indigenous_peoples_count
    migrants_transients_count number_of_cooperatives number_of_micro_enterprises number_of_peoples_organizations
    number_of_social_enterprises number_of_unbanked_obc pwd_count seniors_60_plus solo_parents_count
    total_barangay_population unemployed_count women_count youth_15_30
  `,
  text: `
    access_government_info access_public_services_challenges assessment_data_sources brief_historical_background
    challenges_impact community_names community_organizations cultural_miscommunication cultural_practices_traditions
    cultural_preservation_efforts cultural_preservation_priorities economic_disparities education_priorities
    environmental_degradation formal_political_representation gender_inequality_issues governance_policy_challenges
    healthcare_priorities identified_gaps informal_leadership_structures infrastructure_priorities
    investment_scam_issues key_aspirations key_community_leaders key_findings_last_assessment
    land_ownership_security_issues land_tenure_issues languages_spoken livelihood_program_priorities migration_history
    notes origin_story other_challenges other_cultural_facilities other_ethnolinguistic_groups
    other_vulnerable_sectors participation_local_governance peace_security_priorities primary_livelihoods
    relevant_lgu_officials religious_affiliation secondary_livelihoods social_instability_conflict
    source_document_reference specific_project_proposals substance_abuse_issues traditional_leaders_role
  `,
  timestamp: "created_at updated_at",
  "timestamp null": "deleted_at",
  "varchar(100)": "leader_contact",
  "varchar(20)": `
    access_als access_clean_water access_communication access_electricity access_formal_education access_healthcare
    access_madrasah access_roads_transport access_sanitation estimated_poverty_incidence financial_access_level
    proximity_to_barmm relationship_with_lgu settlement_type unemployment_rate
  `,
  "varchar(255)": "community_leader purok_sitio specific_location",
  "varchar(50)": "obc_id primary_ethnolinguistic_group",
};

/** The columns that all places have. */
const PLACE = {
  id: "id",
  boolean: "is_active",
  "json null": "boundary_geojson bounding_box center_coordinates",
  timestamp: "created_at updated_at",
  "varchar(255)": "name",
};

export const OBCMS_FACTS: Record<string, TableFacts> = {
  common_region: {
    columns: [
      PLACE,
      {
        text: "description",
        "varchar(10)": "code",
      },
    ],
    keys: ["unique code"],
  },
  common_province: {
    columns: [
      PLACE,
      {
        bigint: "region_id",
        "integer null": "population_total",
        "varchar(255)": "capital",
        "varchar(64)": "code",
      },
    ],
    keys: ["deferred key region_id -> common_region", "index region_id", "unique code"],
  },
  common_municipality: {
    columns: [
      PLACE,
      {
        bigint: "province_id",
        "integer null": "population_total",
        "varchar(20)": "municipality_type",
        "varchar(64)": "code",
      },
    ],
    keys: ["deferred key province_id -> common_province", "index province_id", "unique code"],
  },
  common_barangay: {
    columns: [
      PLACE,
      {
        bigint: "municipality_id",
        boolean: "is_urban",
        "integer null": "population_total",
        "varchar(64)": "code",
      },
    ],
    keys: ["deferred key municipality_id -> common_municipality", "index municipality_id", "unique code"],
  },
  communities_obc_community: {
    columns: [
      PROFILE,
      {
        bigint: "barangay_id",
        "integer null": "population",
        text: "cultural_background priority_needs religious_practices",
        "varchar(100)": "primary_language",
        "varchar(255)": "name other_languages",
      },
    ],
    keys: [
      "deferred key barangay_id -> common_barangay",
      "deferred key deleted_by_id -> auth_user",
      "index barangay_id",
      "index deleted_by_id",
      "unique barangay_id",
    ],
  },
  communities_municipalitycoverage: {
    columns: [
      PROFILE,
      {
        bigint: "municipality_id",
        "bigint null": "created_by_id updated_by_id",
        boolean: "auto_sync",
        "integer null": "total_obc_communities",
        text: "existing_support_programs key_barangays",
      },
    ],
    keys: [
      "deferred key created_by_id -> auth_user",
      "deferred key deleted_by_id -> auth_user",
      "deferred key municipality_id -> common_municipality",
      "deferred key updated_by_id -> auth_user",
      "index created_by_id",
      "index deleted_by_id",
      "index updated_by_id",
      "unique municipality_id",
    ],
  },
  communities_provincecoverage: {
    columns: [
      PROFILE,
      {
        bigint: "province_id",
        "bigint null": "created_by_id submitted_by_id updated_by_id",
        boolean: "auto_sync is_submitted",
        "integer null": "total_municipalities total_obc_communities",
        text: "existing_support_programs key_municipalities",
        "timestamp null": "submitted_at",
      },
    ],
    keys: [
      "deferred key created_by_id -> auth_user",
      "deferred key deleted_by_id -> auth_user",
      "deferred key province_id -> common_province",
      "deferred key submitted_by_id -> auth_user",
      "deferred key updated_by_id -> auth_user",
      "index created_by_id",
      "index deleted_by_id",
      "index submitted_by_id",
      "index updated_by_id",
      "unique province_id",
    ],
  },
};
