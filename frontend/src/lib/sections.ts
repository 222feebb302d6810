/** Where the national sections stand, as `manage.py setup_site` makes them. */
export const SECTIONS = {
  news: "/nieuws/",
  agenda: "/agenda/",
  inspiration: "/inspiratie/",
  questions: "/veelgestelde-vragen/",
  regions: "/regio/",
  contact: "/contact/",
};
