/** The columns of communities in the notation of columns.ts. */
export const COMMUNITY_COLUMNS = {
  communities_obc_community: `
    id            id
    varchar(255)  specific_location
    varchar(20)   settlement_type
    figure        households families adults_31_59 seniors_60_plus
    count         religious_leaders_count
    figure        established_year
    text          origin_story migration_history
    date          needs_assessment_date
    varchar(255)  community_leader
    varchar(100)  leader_contact
    true          is_active
    text          notes
    now           created_at updated_at
    key           barangay_id
    varchar(20)   access_als access_clean_water access_communication access_electricity access_formal_education
    text          access_government_info
    varchar(20)   access_healthcare access_madrasah
    text          access_public_services_challenges
    varchar(20)   access_roads_transport access_sanitation
    text          assessment_data_sources brief_historical_background challenges_impact community_names
                  community_organizations cultural_miscommunication cultural_practices_traditions
                  cultural_preservation_efforts cultural_preservation_priorities economic_disparities
                  education_priorities environmental_degradation
    figure        estimated_obc_population
    varchar(20)   estimated_poverty_incidence
    figure        farmers_count fisherfolk_count
    text          formal_political_representation gender_inequality_issues governance_policy_challenges
                  healthcare_priorities identified_gaps
    figure        idps_count indigenous_peoples_count
    text          informal_leadership_structures infrastructure_priorities investment_scam_issues key_aspirations
                  key_community_leaders key_findings_last_assessment land_ownership_security_issues land_tenure_issues
                  languages_spoken
    float         latitude
    text          livelihood_program_priorities
    float         longitude
    varchar(50)   obc_id
    text          other_challenges other_ethnolinguistic_groups participation_local_governance peace_security_priorities
    varchar(50)   primary_ethnolinguistic_group
    text          primary_livelihoods
    varchar(20)   proximity_to_barmm
    varchar(255)  purok_sitio
    figure        pwd_count
    varchar(20)   relationship_with_lgu
    text          relevant_lgu_officials religious_affiliation secondary_livelihoods social_instability_conflict
    figure        solo_parents_count
    text          specific_project_proposals substance_abuse_issues
    figure        total_barangay_population
    text          traditional_leaders_role
    figure        women_count
    text          source_document_reference
    figure        associations_count csos_count number_of_micro_enterprises number_of_social_enterprises
                  number_of_unbanked_obc
    text          cultural_background
    varchar(255)  name other_languages
    figure        population
    varchar(100)  primary_language
    text          priority_needs religious_practices
    count         madrasah_count mosques_count
    figure        adolescents_10_14 children_0_9 youth_15_30 migrants_transients_count
    text          other_vulnerable_sectors
    figure        unemployed_count
    count         asatidz_count
    text          other_cultural_facilities
    figure        number_of_peoples_organizations
    varchar(20)   financial_access_level unemployment_rate
    figure        number_of_cooperatives
    moment        deleted_at
    key?          deleted_by_id
    false         is_deleted
  `,
};
