import { boundaryLoss } from "@lossary/losses-boundary";
import { recordsOf } from "@lossary/peers";
import { contractsOf } from "@lossary/test-kit";

contractsOf({ boundaryLoss }, recordsOf);
