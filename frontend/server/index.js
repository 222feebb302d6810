/**
 * `node server`: the site on `HOST` and `PORT`. `API_URL` says where the API is, `ORIGIN` by which address visitors know
 * the site, `WEBHOOK_SECRET` what the CMS signs its messages with.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { handler } from "../build/handler.js";
import { createApp } from "./app.js";

const { HOST = "127.0.0.1", PORT = "3000", ORIGIN, WEBHOOK_SECRET } = process.env;
if (!ORIGIN) {
  // Without it a visitor could have another address of the site kept in its pages.
  console.error("ORIGIN must be set to the address of the site, for example https://www.example.nl.");
  process.exit(1);
}
const folder = mkdtempSync(join(tmpdir(), "sto-site-"));
const server = createApp({ handler, socketPath: join(folder, "maker.sock"), secret: WEBHOOK_SECRET, origin: ORIGIN });

server.listen(Number(PORT), HOST);
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true, force: true });
    process.exit(0);
  });
}
