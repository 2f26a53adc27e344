import "@tensorflow/tfjs-backend-cpu";
import { overlap } from "@lossary/core-reduce";
import { getGradient, grad, ready, setBackend, sum, type Tensor, tensor3d } from "@tensorflow/tfjs-core";

// Run as a script. It imports tfjs-core and a backend alone, as a program does that only evaluates; prints what came of it.
await setBackend("cpu");
await ready();

const truth = tensor3d([[[1], [0]]]);
const { intersection } = overlap(truth, tensor3d([[[0.75], [0.5]]]));
let said = "";
try {
  grad((p: Tensor) => sum(overlap(truth, p).intersection))(tensor3d([[[0.75], [0.5]]]));
} catch (error) {
  said = (error as Error).message;
}
const hasGradients = getGradient("Sum") !== undefined;
console.log(JSON.stringify({ hasGradients, intersection: Array.from(intersection.dataSync()), said }));
