import { standIn } from "./stand-in.js";

standIn("mine");
