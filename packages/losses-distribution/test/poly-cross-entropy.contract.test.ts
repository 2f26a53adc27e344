import { polyCrossEntropyLoss } from "@lossary/losses-distribution";
import { recordsOf } from "@lossary/peers";
import { contractsOf } from "@lossary/test-kit";

contractsOf({ polyCrossEntropyLoss }, recordsOf);
