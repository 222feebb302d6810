/** The token in a link that was mailed. It holds what the address of a page never does, so that no page is hidden. */
export const match = (text: string) => text.includes(":");
