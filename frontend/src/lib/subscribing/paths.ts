/** Where one subscribes, and asks for a link to one's own subscriptions. */
export const SUBSCRIBING = "/abonnement/";
export const PREFERENCES = `${SUBSCRIBING}voorkeuren/`;

/** The form with this newsletter ticked. */
export function subscribingTo(newsletter: number): string {
  return `${SUBSCRIBING}?nieuwsbrief=${newsletter}`;
}
