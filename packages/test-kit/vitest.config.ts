import { backendsConfig } from "../../vitest.shared.ts";

export default backendsConfig;
