import { activeBoundaryLoss } from "@lossary/losses-boundary";
import { recordsOf } from "@lossary/peers";
import { contractsOf } from "@lossary/test-kit";

contractsOf({ activeBoundaryLoss }, recordsOf);
