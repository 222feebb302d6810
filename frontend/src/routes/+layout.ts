export const csr = false;
// The API knows how an address is spelled, and where the others lead.
export const trailingSlash = "ignore";
