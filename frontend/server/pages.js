/**
 * Pages as they go out, kept in memory until something in them changes.
 *
 * A page is known by its URL and by its tags: the `Surrogate-Key` of all answers of the API that it was made of. What
 * is out of date is kept too, for as long as there is room: it is better than nothing when the API doesn't answer.
 */

/**
 * @typedef {object} Page
 * @property {number} status
 * @property {import("node:http").OutgoingHttpHeaders} headers
 * @property {Buffer} body
 * @property {Set<string>} tags
 * @property {Record<string, { headers: import("node:http").OutgoingHttpHeaders, body: Buffer }>} forms as it goes out
 */

export const FRESH = "fresh";
/** A while ago: may be shown once more while a new one is made. */
export const AGED = "aged";
/** Something in it changed, or may well have: to be shown only when no new one can be made. */
export const CHANGED = "changed";

// How long a page that has aged may be shown once more; the API's own answers say the same.
const GRACE = 10 * 60 * 1000; // milliseconds
// What an entry takes beside its body: headers, tags, and the compressed forms that are made of it later.
const OVERHEAD = 2_000;

export class Pages {
  /** @type {Map<string, { page: Page, size: number, freshUntil: number, changed: boolean }>} the one used last is last */
  #entries = new Map();
  #size = 0;
  /** How many changes there were; a page whose making began before one may have missed it. */
  changes = 0;

  /**
   * @param {number} maxSize in bytes
   * @param {number} maxAge in milliseconds
   * @param {() => number} now in milliseconds
   */
  constructor(maxSize, maxAge, now = Date.now) {
    this.maxSize = maxSize;
    this.maxAge = maxAge;
    this.now = now;
  }

  /**
   * @param {string} url
   * @returns {{ page: Page, state: string } | undefined}
   */
  find(url) {
    const entry = this.#entries.get(url);
    if (!entry) return undefined;
    this.#entries.delete(url);
    this.#entries.set(url, entry);
    return { page: entry.page, state: this.#stateOf(entry) };
  }

  /**
   * @param {string} url
   * @param {Page} page
   * @param {number} since the number of `changes` when its making began
   */
  keep(url, page, since) {
    this.#forget(url);
    const size = 2 * page.body.length + OVERHEAD;
    if (size > this.maxSize) return;
    const entry = { page, size, freshUntil: this.now() + this.maxAge, changed: since !== this.changes };
    this.#entries.set(url, entry);
    this.#size += size;
    for (const oldest of this.#entries.keys()) {
      if (this.#size <= this.maxSize) break;
      this.#forget(oldest);
    }
  }

  /**
   * @param {(url: string, tags: Set<string>) => boolean} isAffected
   */
  change(isAffected) {
    this.changes += 1;
    for (const [url, entry] of this.#entries) {
      if (isAffected(url, entry.page.tags)) entry.changed = true;
    }
  }

  /** @param {{ freshUntil: number, changed: boolean }} entry */
  #stateOf({ freshUntil, changed }) {
    const age = this.now() - freshUntil;
    if (changed || age > GRACE) return CHANGED;
    return age < 0 ? FRESH : AGED;
  }

  /** @param {string} url */
  #forget(url) {
    this.#size -= this.#entries.get(url)?.size ?? 0;
    this.#entries.delete(url);
  }
}
