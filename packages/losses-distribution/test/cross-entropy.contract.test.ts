import { crossEntropyLoss } from "@lossary/losses-distribution";
import { recordsOf } from "@lossary/peers";
import { contractsOf } from "@lossary/test-kit";

contractsOf({ crossEntropyLoss }, recordsOf);
