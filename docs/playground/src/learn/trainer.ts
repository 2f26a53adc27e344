import { diceCoefficient } from "@lossary/metrics";
import {
  type AdamOptimizer,
  cast,
  less,
  mean,
  type Scalar,
  sigmoid,
  softmax,
  type Tensor,
  type Tensor4D,
  tensor,
  tensor4d,
  tidy,
  train,
} from "@tensorflow/tfjs-core";
import type { LossCall } from "../catalogue/call.ts";
import { lossFunction } from "../compute/loss-functions.ts";
import { createNetwork, type Network } from "./network.ts";
import type { Lesson, Standing } from "./protocol.ts";

/** One of the two that learn. */
interface Learner {
  readonly call: LossCall;
  readonly network: Network;
  readonly optimizer: AdamOptimizer;
}

/** Two networks that learn the same under two losses, in step. */
export class Trainer {
  readonly #lesson: Lesson;
  readonly #labels: Tensor;
  readonly #image: Tensor4D;
  readonly #learners: readonly [Learner, Learner];

  constructor(lesson: Lesson) {
    const { size, channels, labels, image, losses, learningRate, seed } = lesson;
    this.#lesson = lesson;
    this.#labels = tensor(labels, [1, size, size], "int32");
    this.#image = tensor4d(image, [1, size, size, 1]);
    const learner = (call: LossCall): Learner => ({
      call,
      network: createNetwork(channels, seed),
      optimizer: train.adam(learningRate),
    });
    this.#learners = [learner(losses[0]), learner(losses[1])];
  }

  /** One step of both, done when the device has done it: no more is given to it than it can do. */
  async step(): Promise<void> {
    for (const { call, network, optimizer } of this.#learners) {
      const weights = [...network.weights];
      optimizer.minimize(() => this.#lossOf(call, network.predict(this.#image)), false, weights);
    }
    await Promise.all(this.#learners.map(({ network }) => network.weights.at(-1)?.data()));
  }

  /** How both stand now. */
  async standings(): Promise<[Standing, Standing]> {
    return [await this.#standing(this.#learners[0]), await this.#standing(this.#learners[1])];
  }

  dispose(): void {
    this.#labels.dispose();
    this.#image.dispose();
    for (const { network, optimizer } of this.#learners) {
      network.dispose();
      optimizer.dispose();
    }
  }

  async #standing({ call, network }: Learner): Promise<Standing> {
    const read = tidy(() => {
      const output = network.predict(this.#image);
      const probabilities = this.#probabilitiesOf(call, output);
      return [
        this.#lossOf(call, output),
        diceCoefficient(this.#labels, probabilities, this.#ofObjects()),
        probabilities,
      ];
    });
    try {
      const [loss, dice, probabilities] = (await Promise.all(read.map((one) => one.data()))) as Float32Array[];
      return {
        loss: loss?.[0] as number,
        dice: dice?.[0] as number,
        probabilities: probabilities as Float32Array,
      };
    } finally {
      for (const one of read) one.dispose();
    }
  }

  #lossOf(call: LossCall, output: Tensor4D): Scalar {
    return mean(lossFunction(call)(this.#labels, output)) as Scalar;
  }

  /** Probabilities behind what a network gives, which for some losses is a distance to the border, negative inside. */
  #probabilitiesOf({ predictions }: LossCall, output: Tensor4D): Tensor {
    if (predictions === "distances") return cast(less(output, 0), "float32");
    return this.#lesson.channels === 1 ? sigmoid(output) : softmax(output);
  }

  /** Dice without the background, which is easy. */
  #ofObjects() {
    return this.#lesson.channels === 1 ? {} : { includeBackground: false };
  }
}
