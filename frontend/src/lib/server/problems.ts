import type { Problem } from "$lib/forms/types";
import type { Answer } from "./sending";

const LATER = "Probeer het over een paar minuten opnieuw.";
const MINUTE = 60; // seconds
/** What the API refuses because of the session that was chosen. */
const OF_THE_SESSION = new Set(["session_full", "session_unknown"]);

/**
 * What to tell a visitor whose request came to nothing, with the status of the page that tells it; `gone` is what to say
 * when the API doesn't know (any more) what it was sent for.
 */
export function problemOf(answer: Answer, gone: string): Problem & { status: number } {
  if (answer === null) return { status: 503, ...inAll(`We kunnen dit nu niet verwerken. ${LATER}`) };
  const { status, body, retryAfter } = answer;
  switch (status) {
    case 404:
      return { status, ...inAll(gone) };
    case 409:
      return { status, ...refused(body) };
    case 413:
      return { status, ...inAll("Dat is meer tekst dan we kunnen verwerken. Maak uw antwoorden korter.") };
    case 422:
      return { status, ...invalid(body.errors ?? {}) };
    case 429:
      return { status, ...inAll(`U probeert dit erg vaak. Probeer het ${after(retryAfter)} opnieuw.`) };
    case 503:
      return { status, ...inAll(`Het is op dit moment erg druk. Probeer het ${after(retryAfter)} opnieuw.`) };
    default:
      return { status: 503, ...inAll(`Er ging bij ons iets mis. ${LATER}`) };
  }
}

function inAll(text: string): Problem {
  return { text, errors: {} };
}

function refused({ code = "", detail = "" }: { code?: string; detail?: string }): Problem {
  if (OF_THE_SESSION.has(code)) return { text: "", errors: { session: [detail] } };
  return inAll(detail);
}

function invalid({ "": ofAll = [], ...errors }: Record<string, string[]>): Problem {
  return { text: ofAll.join(" "), errors };
}

function after(seconds: number): string {
  const minutes = Math.ceil(seconds / MINUTE);
  return minutes > 1 ? `over ${minutes} minuten` : "over een minuut";
}
