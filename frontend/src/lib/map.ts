/** A hand-drawn outline of the Netherlands, coarse on purpose: enough to see where a region lies. */

/** Degrees, WGS 84. */
interface Point {
  latitude: number;
  longitude: number;
}

type Outline = [longitude: number, latitude: number][];

const WEST = 3.25;
const EAST = 7.3;
const NORTH = 53.6;
const SOUTH = 50.68;
const SCALE = 200;
/** A degree of longitude is this much of a degree of latitude, halfway up the country. */
const NARROWING = Math.cos((52.15 * Math.PI) / 180);

export const VIEW_BOX = `0 0 ${Math.round((EAST - WEST) * NARROWING * SCALE)} ${Math.round((NORTH - SOUTH) * SCALE)}`;

export function position({ latitude, longitude }: Point): { x: number; y: number } {
  return { x: round((longitude - WEST) * NARROWING * SCALE), y: round((NORTH - latitude) * SCALE) };
}

export function isOnMap({ latitude, longitude }: Point): boolean {
  return longitude > WEST && longitude < EAST && latitude > SOUTH && latitude < NORTH;
}

/** The outline as a closed path of SVG. */
export function outline(points: Outline): string {
  const steps = points.map(([longitude, latitude]) => {
    const { x, y } = position({ latitude, longitude });
    return `${x} ${y}`;
  });
  return `M${steps.join("L")}Z`;
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}

export const PROVINCES: { name: string; at: Point }[] = [
  { name: "Groningen", at: { longitude: 6.72, latitude: 53.28 } },
  { name: "Fryslân", at: { longitude: 5.8, latitude: 53.12 } },
  { name: "Drenthe", at: { longitude: 6.62, latitude: 52.88 } },
  { name: "Overijssel", at: { longitude: 6.45, latitude: 52.42 } },
  { name: "Flevoland", at: { longitude: 5.55, latitude: 52.45 } },
  { name: "Gelderland", at: { longitude: 5.95, latitude: 52.06 } },
  { name: "Utrecht", at: { longitude: 5.15, latitude: 52.11 } },
  { name: "Noord-Holland", at: { longitude: 4.22, latitude: 52.66 } },
  { name: "Zuid-Holland", at: { longitude: 3.8, latitude: 52.13 } },
  { name: "Zeeland", at: { longitude: 3.6, latitude: 51.12 } },
  { name: "Noord-Brabant", at: { longitude: 5.25, latitude: 51.56 } },
  { name: "Limburg", at: { longitude: 5.94, latitude: 51.22 } },
];

export const LAND: Outline = [
  [4.25, 51.38], [4.2, 51.4], [4.0, 51.44], [3.85, 51.39], [3.7, 51.45], [3.57, 51.44], [3.44, 51.53], [3.5, 51.58],
  [3.7, 51.6], [3.92, 51.55], [4.12, 51.46], [4.2, 51.52], [4.08, 51.59], [3.92, 51.63], [3.72, 51.67], [3.69, 51.73],
  [3.86, 51.75], [3.83, 51.81], [4.02, 51.83], [4.2, 51.75], [4.38, 51.71], [4.2, 51.8], [4.06, 51.87], [4.0, 51.97],
  [4.12, 51.99], [4.26, 52.1], [4.39, 52.2], [4.51, 52.36], [4.57, 52.46], [4.62, 52.63], [4.69, 52.84], [4.73, 52.96],
  [4.92, 52.9], [5.03, 52.95], [5.2, 53.02], [5.36, 53.08], [5.41, 53.18], [5.6, 53.3], [5.88, 53.39], [6.2, 53.41],
  [6.58, 53.43], [6.85, 53.46], [6.95, 53.33], [7.1, 53.26], [7.21, 53.24], [7.2, 53.02], [7.08, 52.85], [7.06, 52.64],
  [6.74, 52.64], [6.7, 52.49], [6.98, 52.46], [7.06, 52.39], [7.05, 52.24], [6.87, 52.13], [6.73, 52.1], [6.83, 51.97],
  [6.68, 51.91], [6.4, 51.83], [6.15, 51.87], [5.97, 51.83], [5.95, 51.75], [6.03, 51.71], [6.1, 51.61], [6.22, 51.48],
  [6.22, 51.36], [6.08, 51.24], [6.15, 51.16], [5.9, 51.06], [5.9, 50.98], [6.03, 50.97], [6.08, 50.88], [6.02, 50.76],
  [5.7, 50.76], [5.65, 50.86], [5.76, 51.0], [5.84, 51.15], [5.56, 51.22], [5.48, 51.3], [5.24, 51.26], [5.22, 51.31],
  [5.08, 51.4], [5.08, 51.47], [4.9, 51.42], [4.83, 51.48], [4.67, 51.43], [4.54, 51.48], [4.4, 51.44], [4.39, 51.36],
];

export const ISLANDS: Outline[] = [
  [[3.37, 51.37], [3.55, 51.41], [3.82, 51.34], [4.03, 51.38], [4.22, 51.36], [4.06, 51.25], [3.8, 51.22], [3.52, 51.25]],
  [[4.72, 53.02], [4.84, 53.02], [4.91, 53.11], [4.86, 53.19], [4.75, 53.1]],
  [[4.88, 53.24], [4.95, 53.24], [5.09, 53.3], [5.05, 53.32]],
  [[5.16, 53.36], [5.35, 53.38], [5.56, 53.44], [5.5, 53.46], [5.2, 53.41]],
  [[5.63, 53.44], [5.93, 53.44], [5.94, 53.47], [5.68, 53.47]],
  [[6.1, 53.47], [6.33, 53.49], [6.28, 53.52], [6.12, 53.5]],
];

export const LAKES: Outline[] = [
  [
    [5.09, 52.93], [5.08, 52.8], [5.29, 52.74], [5.3, 52.7], [5.44, 52.56], [5.57, 52.61], [5.6, 52.68], [5.7, 52.84],
    [5.4, 52.87], [5.43, 52.95], [5.38, 53.05], [5.2, 52.99],
  ],
  [[5.27, 52.68], [5.05, 52.64], [5.08, 52.47], [5.0, 52.38], [5.13, 52.35], [5.22, 52.38], [5.42, 52.53]],
];
