import { lovaszSoftmaxLoss } from "@lossary/losses-region";
import { recordsOf } from "@lossary/peers";
import { contractsOf } from "@lossary/test-kit";

contractsOf({ lovaszSoftmaxLoss }, recordsOf);
