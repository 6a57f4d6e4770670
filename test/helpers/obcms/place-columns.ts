/** The columns of places in the notation of columns.ts. auth_user has only its key and its name. */
export const PLACE_COLUMNS = {
  auth_user: `
    id            id
    varchar(150)  username
  `,
  common_region: `
    id            id
    varchar(10)   code
    varchar(255)  name
    text          description
    true          is_active
    now           created_at updated_at
    json          boundary_geojson bounding_box center_coordinates
  `,
  common_province: `
    id            id
    varchar(64)   code
    varchar(255)  name capital
    true          is_active
    now           created_at updated_at
    key           region_id
    figure        population_total
    json          boundary_geojson bounding_box center_coordinates
  `,
  common_municipality: `
    id            id
    varchar(64)   code
    varchar(255)  name
    varchar(20)   municipality_type
    true          is_active
    now           created_at updated_at
    key           province_id
    figure        population_total
    json          boundary_geojson bounding_box center_coordinates
  `,
  common_barangay: `
    id            id
    varchar(64)   code
    varchar(255)  name
    false         is_urban
    true          is_active
    now           created_at updated_at
    key           municipality_id
    figure        population_total
    json          boundary_geojson bounding_box center_coordinates
  `,
};
