import { comboLoss } from "@lossary/losses-compound";
import { recordsOf } from "@lossary/peers";
import { contractsOf } from "@lossary/test-kit";

contractsOf({ comboLoss }, recordsOf);
