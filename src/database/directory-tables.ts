/** The tables of the directory (migration 0001): public data of public offices, so nothing here is sealed. */
export type DirectoryTables = {
  /** Every list or postcode table that was taken in; rows of other tables say which. */
  imports: {
    id: string;
    country: string;
    kind: 'representatives' | 'postcodes';
    format: string;
    encoding: string;
    source: string | null;
    as_of: string;
    at: number;
    actor_kind: string;
    actor_id: string | null;
    /** People serving, or postcodes. */
    entries: number;
    added: number;
    updated: number;
    retired: number;
    refused: number;
    /** 1 for the one postcode table of a country that is looked up. */
    current: number;
    /** 1 when a postcode table names one area where there may be several. */
    lossy: number;
  };
  people: {
    id: string;
    country: string;
    full_name: string;
    given_name: string | null;
    /** As the list writes it; null where the list does not say which part of the name it is. */
    family_name: string | null;
    honorific: string | null;
    gender: 'f' | 'm' | 'x' | 'unknown';
    website: string | null;
    created_at: number;
    updated_at: number;
  };
  /** Ids that lists give to people, such as scheme 'bioguide'. */
  person_ids: { country: string; scheme: string; value: string; person_id: string };
  /** A seat stays the same through elections: chamber, area and, where an area has several, a number. */
  seats: {
    id: string;
    country: string;
    /** The playbook's id of the chamber, such as 'house' or 'senate'. */
    chamber: string;
    /** One member an area, several members an area (senators of a state), or elected from a list. */
    kind: 'constituency' | 'region' | 'list';
    /** What postcode tables and lists share: 'NY-12', '33-4', 'kingsford smith'. */
    area_key: string;
    area_name: string;
    region_key: string | null;
    region_name: string | null;
    /** 1, 2, 3 … within the area; in the Senate of the United States the class. */
    ordinal: number;
    created_at: number;
  };
  terms: {
    id: string;
    seat_id: string;
    person_id: string;
    party: string | null;
    start_day: string | null;
    /** Last day known; null where open. */
    end_day: string | null;
    /** 1 while the person holds the seat; one a seat. */
    current: number;
    /** The day of the list that named the person last. */
    as_of: string;
    retired_on: string | null;
    import_id: string;
  };
  offices: {
    id: string;
    term_id: string;
    kind: 'parliament' | 'constituency';
    label: string | null;
    position: number;
  };
  channels: {
    id: string;
    office_id: string;
    kind: 'email' | 'form' | 'post' | 'phone';
    /** An address, a link, a number; for post the lines of the address, one a line. */
    value: string;
    max_characters: number | null;
    state: 'fine' | 'failing' | 'opted-out';
    state_since: number;
    position: number;
  };
  seat_words: { country: string; word: string; seat_id: string };
  person_words: { country: string; word: string; person_id: string };
  postcodes: {
    import_id: string;
    code: string;
    area_key: string;
    area_name: string;
    /** The state of the area, where the table says it: it leads to senators though the area's own seat be vacant. */
    region_key: string | null;
  };
};
