/** A small feed of each kind, made up, with what real ones hold. Nobody and nothing in it exists. */
export const GUIDE: readonly Record<string, unknown>[] = [
  {
    ...{ slug: 'sunrise-1', name: 'Sunrise &amp; Coffee', day: 1, time: '07:00', end_time: '08:00', types: ['O', 'D', 'X'] },
    ...{
      location: 'Old Library',
      formatted_address: '12 Main St, Sampleton, CA 90000, USA',
      regions: ['Example Valley', 'Sampleton'],
    },
    ...{ notes: 'Ring the bell.<br>Second floor.', updated: '2026-05-04 10:00:00', url: 'https://meetings.test/sunrise-1' },
    ...{ contact_1_name: 'Member', contact_1_phone: '555-0100', venmo: '@member' },
  },
  { slug: 'two-days', name: 'Two Days', day: ['2', '4'], time: '7:00 PM', types: 'C,W', city: 'Sampleton' },
  {
    ...{ slug: 'online-late', name: 'Night Owls', day: '6', time: '23:30', end_time: '00:30', timezone: 'America/Los_Angeles' },
    ...{ types: ['O', 'S', 'ONL', 'ZZZ'], conference_url: 'https://zoom.us/j/123?pwd=abc', conference_url_notes: 'Passcode: 1' },
    ...{ conference_phone: '+15550100,,123#' },
  },
  { slug: 'withheld', name: 'Ask First', day: 0, time: '19:00', types: ['ONL'], conference_url: 'https://us02web.zoom.us/' },
  {
    slug: 'closed-room',
    name: 'Closed Room',
    day: 3,
    time: '12:00',
    types: ['TC'],
    formatted_address: '1 Main St, Sampleton, CA',
  },
  { slug: 'by-appointment', name: 'By Appointment', city: 'Sampleton', types: ['O'] },
];

export const BMLT = {
  meetings: [
    {
      ...{ id_bigint: '7', weekday_tinyint: '1', start_time: '19:30:00', duration_time: '01:30:00', venue_type: '1' },
      ...{ meeting_name: 'First Step', formats: 'O,B,WC,LOC', location_text: 'Church hall', location_street: '3 Oak Ave' },
      ...{
        location_municipality: 'Sampleton',
        location_province: 'CA',
        lang_enum: 'en',
        contact_email_1: 'member@meetings.test',
      },
    },
    {
      ...{
        id_bigint: '8',
        weekday_tinyint: '7',
        start_time: '08:00:00',
        duration_time: '01:00:00',
        venue_type: '2',
        time_zone: 'Europe/Madrid',
      },
      ...{ meeting_name: 'Sábado', formats: 'C,VM', virtual_meeting_link: 'https://zoom.us/j/9', lang_enum: 'es' },
    },
    {
      ...{
        id_bigint: '9',
        weekday_tinyint: '3',
        start_time: '18:00:00',
        duration_time: '01:00:00',
        venue_type: '3',
        meeting_name: 'Both',
      },
      ...{ formats: 'O,HY,TC', location_street: '4 Oak Ave', location_municipality: 'Sampleton', lang_enum: 'en' },
    },
  ],
  formats: [
    { key_string: 'O', name_string: 'Open', lang: 'en', world_id: 'OPEN' },
    { key_string: 'B', name_string: 'Beginners', lang: 'en', world_id: 'BEG' },
    { key_string: 'WC', name_string: 'Wheelchair', lang: 'en', world_id: 'WCHR' },
    { key_string: 'C', name_string: 'Closed', lang: 'en', world_id: 'CLOSED' },
    { key_string: 'VM', name_string: 'Virtual', lang: 'en', world_id: 'VM' },
    { key_string: 'LOC', name_string: 'Local custom', lang: 'en', world_id: '' },
    { key_string: 'LOC', name_string: 'Costumbre local', lang: 'es', world_id: '' },
  ],
};
