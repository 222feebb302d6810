import type { components, paths } from "$lib/api/schema";

type FormPath = paths["/newsletters/subscription-form/"];

export type SubscriptionForm = FormPath["get"]["responses"][200]["content"]["application/json"];
/** A newsletter in short; one without a region is national. */
export type Newsletter = SubscriptionForm["newsletters"][number];

/** Which newsletters somebody gets. */
export type OwnSubscriptions = components["schemas"]["OwnSubscriptions"];
