import { compute } from "./program.js";

compute().then(
  (computed) => postMessage(computed),
  (error) => postMessage(String(error)),
);
