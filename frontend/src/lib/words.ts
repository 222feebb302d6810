/** Dutch words for what the API gives as a code. What came to the API later has no word here, and is left out. */
const KINDS: Record<string, string> = {
  "agenda.AgendaIndexPage": "Agenda",
  "agenda.EventPage": "Bijeenkomst",
  "home.FaqIndexPage": "Veelgestelde vragen",
  "home.FaqPage": "Vraag en antwoord",
  "inspiration.InspirationIndexPage": "Inspiratie",
  "inspiration.SeriesPage": "Artikelenreeks",
  "inspiration.StoryPage": "Praktijkverhaal",
  "inspiration.TechlabPage": "Techlab",
  "newsletter.NewsletterPage": "Nieuwsbrief",
  "regions.NewsIndexPage": "Nieuwsoverzicht",
  "regions.NewsPage": "Nieuws",
  "regions.RegionPage": "Regio",
};

const FACILITIES: Record<string, string> = {
  "xperience-lab": "Xperience-lab",
  "mobiel-techniekcentrum": "Mobiel techniekcentrum",
};

const FILE_TYPES: Record<string, string> = {
  doc: "Word",
  docx: "Word",
  xls: "Excel",
  xlsx: "Excel",
  ppt: "PowerPoint",
  pptx: "PowerPoint",
};

const SIZES = new Intl.NumberFormat("nl-NL", { maximumFractionDigits: 1 });
const KILOBYTE = 1000;

export function kindOf(type: string): string {
  return KINDS[type] ?? "";
}

export function facility(kind: string): string {
  return FACILITIES[kind] ?? kind.charAt(0).toUpperCase() + kind.slice(1);
}

/** "Pdf, 1,2 MB" */
export function fileDetails(type: string, bytes: number | null): string {
  const name = FILE_TYPES[type.toLowerCase()] ?? type.charAt(0).toUpperCase() + type.slice(1).toLowerCase();
  return [name, bytes === null ? "" : size(bytes)].filter(Boolean).join(", ");
}

function size(bytes: number): string {
  const kilobytes = bytes / KILOBYTE;
  if (kilobytes < KILOBYTE) return `${Math.max(1, Math.round(kilobytes))} kB`;
  return `${SIZES.format(kilobytes / KILOBYTE)} MB`;
}

/** "2 bijeenkomsten", "1 bijeenkomst" */
export function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
