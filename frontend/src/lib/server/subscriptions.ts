import type { OwnSubscriptions, SubscriptionForm } from "$lib/subscribing/types";
import { answered, type Api } from "./api";
import { opened } from "./mailed";
import { from, send, type Answer } from "./sending";

export function subscriptionForm(api: Api): Promise<SubscriptionForm> {
  return answered(api.GET("/newsletters/subscription-form/"));
}

export function subscribe(entry: object, visitor: string): Promise<Answer> {
  return send("/newsletters/subscriptions/", entry, visitor);
}

/** What the link in the mail after subscribing is about. */
export function toConfirm(token: string, api: Api, visitor: string) {
  return opened(api.GET("/newsletters/subscriptions/confirm/{token}/", withToken(token, visitor)));
}

export function confirm(token: string, visitor: string): Promise<Answer> {
  return send(`/newsletters/subscriptions/confirm/${encodeURIComponent(token)}/`, {}, visitor);
}

/** What the link below an issue ends. */
export function toEnd(token: string, api: Api, visitor: string) {
  return opened(api.GET("/newsletters/unsubscribe/{token}/", withToken(token, visitor)));
}

export function unsubscribe(token: string, visitor: string): Promise<Answer> {
  return send(`/newsletters/unsubscribe/${encodeURIComponent(token)}/`, {}, visitor);
}

/** Have a link to one's own preferences mailed. */
export function askForLink(email: string, visitor: string): Promise<Answer> {
  return send("/newsletters/preferences/", { email }, visitor);
}

export function preferencesOf(token: string, api: Api, visitor: string): Promise<OwnSubscriptions> {
  return opened(api.GET("/newsletters/preferences/{token}/", withToken(token, visitor)));
}

/** All that is kept of somebody. */
export function dataOf(token: string, api: Api, visitor: string) {
  return opened(api.GET("/newsletters/preferences/{token}/data/", withToken(token, visitor)));
}

export function changePreferences(token: string, newsletters: number[], visitor: string): Promise<Answer> {
  return send(`/newsletters/preferences/${encodeURIComponent(token)}/`, { newsletters }, visitor);
}

export function erase(token: string, visitor: string): Promise<Answer> {
  return send(`/newsletters/preferences/${encodeURIComponent(token)}/erase/`, {}, visitor);
}

function withToken(token: string, visitor: string) {
  return { params: { path: { token } }, headers: from(visitor) };
}
