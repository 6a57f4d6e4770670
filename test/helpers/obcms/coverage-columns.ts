/** The columns of coverages in the notation of columns.ts. */
export const COVERAGE_COLUMNS = {
  communities_municipalitycoverage: `
    id            id
    figure        total_obc_communities estimated_obc_population
    text          key_barangays existing_support_programs notes
    now           created_at updated_at
    key?          created_by_id
    key           municipality_id
    key?          updated_by_id
    true          auto_sync
    varchar(20)   access_als access_clean_water access_communication access_electricity access_formal_education
    text          access_government_info
    varchar(20)   access_healthcare access_madrasah
    text          access_public_services_challenges
    varchar(20)   access_roads_transport access_sanitation
    figure        adults_31_59
    text          assessment_data_sources
    figure        associations_count
    text          brief_historical_background challenges_impact
    varchar(255)  community_leader
    text          community_names community_organizations
    figure        csos_count
    text          cultural_miscommunication cultural_practices_traditions cultural_preservation_efforts
                  cultural_preservation_priorities economic_disparities education_priorities environmental_degradation
    figure        established_year
    varchar(20)   estimated_poverty_incidence
    figure        families farmers_count fisherfolk_count
    text          formal_political_representation gender_inequality_issues governance_policy_challenges
                  healthcare_priorities
    figure        households
    text          identified_gaps
    figure        idps_count indigenous_peoples_count
    text          informal_leadership_structures infrastructure_priorities investment_scam_issues
    true          is_active
    text          key_aspirations key_community_leaders key_findings_last_assessment land_ownership_security_issues
                  land_tenure_issues languages_spoken
    float         latitude
    varchar(100)  leader_contact
    text          livelihood_program_priorities
    float         longitude
    text          migration_history
    date          needs_assessment_date
    figure        number_of_micro_enterprises number_of_social_enterprises number_of_unbanked_obc
    varchar(50)   obc_id
    text          origin_story other_challenges other_ethnolinguistic_groups participation_local_governance
                  peace_security_priorities
    varchar(50)   primary_ethnolinguistic_group
    text          primary_livelihoods
    varchar(20)   proximity_to_barmm
    varchar(255)  purok_sitio
    figure        pwd_count
    varchar(20)   relationship_with_lgu
    text          relevant_lgu_officials religious_affiliation
    count         religious_leaders_count
    text          secondary_livelihoods
    figure        seniors_60_plus
    varchar(20)   settlement_type
    text          social_instability_conflict
    figure        solo_parents_count
    text          source_document_reference
    varchar(255)  specific_location
    text          specific_project_proposals substance_abuse_issues
    figure        total_barangay_population
    text          traditional_leaders_role
    figure        women_count
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
  communities_provincecoverage: `
    id            id
    varchar(50)   obc_id
    text          source_document_reference community_names
    varchar(255)  purok_sitio specific_location
    varchar(20)   settlement_type
    float         latitude longitude
    varchar(20)   proximity_to_barmm
    figure        estimated_obc_population total_barangay_population households families
    varchar(50)   primary_ethnolinguistic_group
    text          other_ethnolinguistic_groups languages_spoken
    figure        children_0_9 adolescents_10_14 youth_15_30 adults_31_59 seniors_60_plus women_count solo_parents_count
                  pwd_count farmers_count fisherfolk_count indigenous_peoples_count idps_count csos_count
                  associations_count unemployed_count migrants_transients_count
    text          other_vulnerable_sectors primary_livelihoods secondary_livelihoods
    varchar(20)   estimated_poverty_incidence access_formal_education access_als access_madrasah access_healthcare
                  access_clean_water access_sanitation access_electricity access_roads_transport access_communication
    text          land_tenure_issues
    figure        number_of_peoples_organizations number_of_cooperatives number_of_social_enterprises
                  number_of_micro_enterprises number_of_unbanked_obc
    varchar(20)   financial_access_level
    text          brief_historical_background
    figure        established_year
    text          origin_story migration_history cultural_practices_traditions religious_affiliation
                  traditional_leaders_role cultural_preservation_efforts
    count         mosques_count madrasah_count asatidz_count religious_leaders_count
    text          other_cultural_facilities formal_political_representation informal_leadership_structures
                  community_organizations
    varchar(20)   relationship_with_lgu
    text          participation_local_governance access_government_info governance_policy_challenges
                  access_public_services_challenges land_ownership_security_issues economic_disparities
                  social_instability_conflict cultural_miscommunication gender_inequality_issues substance_abuse_issues
                  investment_scam_issues environmental_degradation other_challenges challenges_impact key_aspirations
                  infrastructure_priorities livelihood_program_priorities education_priorities healthcare_priorities
                  cultural_preservation_priorities peace_security_priorities specific_project_proposals
    varchar(20)   unemployment_rate
    date          needs_assessment_date
    text          key_findings_last_assessment assessment_data_sources identified_gaps key_community_leaders
                  relevant_lgu_officials
    varchar(255)  community_leader
    varchar(100)  leader_contact
    true          is_active
    text          notes
    now           created_at updated_at
    false         is_deleted
    moment        deleted_at
    figure        total_municipalities total_obc_communities
    text          key_municipalities existing_support_programs
    true          auto_sync
    key?          created_by_id deleted_by_id
    key           province_id
    key?          updated_by_id
    false         is_submitted
    moment        submitted_at
    key?          submitted_by_id
  `,
};
