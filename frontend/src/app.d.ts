import type { Api } from "$lib/server/api";

declare global {
  namespace App {
    interface Locals {
      api: Api;
      /** What the answers that made this page are tagged with, for a cache that purges by tag. */
      tags: Set<string>;
      /** Whether the API didn't answer, so that asking again only takes time. */
      unreachable: boolean;
    }
  }
}

export {};
