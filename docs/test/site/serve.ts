import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";

const types: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** A plain file server of `folder` below the path `under`, such as `/lossary/`; for what is not there it sends `404.html`, as GitHub Pages does. */
export async function serve(folder: string, under: string): Promise<{ server: Server; address: string }> {
  const server = createServer(({ url = "" }, response) => {
    const path = decodeURIComponent(url.split(/[?#]/)[0] as string);
    let file = path.startsWith(under) ? join(folder, path.slice(under.length)) : "";
    if (file && existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
    const isThere = file !== "" && existsSync(file);
    if (!isThere) file = join(folder, "404.html");
    response.writeHead(isThere ? 200 : 404, { "content-type": types[extname(file)] ?? "application/octet-stream" });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  return { server, address: `http://localhost:${(server.address() as AddressInfo).port}${under}` };
}
