import { DistanceMapPool } from "@lossary/distance-map/array";
import "./page.js";

const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
worker.addEventListener("message", ({ data }) => console.log("worker", JSON.stringify(data)));
worker.addEventListener("error", (event) => console.error(event.message));

const pool = new DistanceMapPool({ workers: 1 });
const distances = await pool.run("distanceTransform", [0, 1, 1, 1], [4]);
await pool.close();
console.log("pool", JSON.stringify([...distances]));
