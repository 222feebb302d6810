import { error } from "@sveltejs/kit";
import { API_URL, ask } from "./api";

/** What an editor is writing, kept by the CMS under the token in `url`. What it is depends on the address. */
export async function loadPreview<Shown>(url: URL, tags: Set<string>): Promise<Shown> {
  const query = new URLSearchParams({ token: url.searchParams.get("token") ?? "" });
  const answer = await ask(`${API_URL}/preview/?${query}`, tags);
  if (!answer.ok) error(404, "Dit voorbeeld is verlopen. Open het opnieuw in het CMS.");
  return answer.json();
}

/** Wagtail's own HTML: checks the page in the editor, and keeps the place that the editor scrolled to. */
export async function loadUserbar(tags: Set<string>): Promise<string> {
  const answer = await ask(`${API_URL}/preview/userbar/`, tags);
  return answer.ok ? answer.text() : "";
}
