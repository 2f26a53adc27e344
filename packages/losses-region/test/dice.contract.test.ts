import { diceLoss } from "@lossary/losses-region";
import { recordsOf } from "@lossary/peers";
import { contractsOf } from "@lossary/test-kit";

contractsOf({ diceLoss }, recordsOf);
