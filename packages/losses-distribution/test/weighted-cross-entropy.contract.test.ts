import { weightedCrossEntropyLoss } from "@lossary/losses-distribution";
import { recordsOf } from "@lossary/peers";
import { contractsOf } from "@lossary/test-kit";

contractsOf({ weightedCrossEntropyLoss }, recordsOf);
