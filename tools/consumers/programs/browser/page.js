import { compute } from "./program.js";

compute().then(
  (computed) => console.log("page", JSON.stringify(computed)),
  (error) => console.error(String(error)),
);
