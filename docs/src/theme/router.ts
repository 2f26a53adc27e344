import { KindRouter, type Reflection } from "typedoc";
import { documentPath } from "./documents.ts";

/** Documents keep the paths that they have in the repository; everything else stands in a folder by its kind. */
export class SiteRouter extends KindRouter {
  protected override getIdealBaseName(reflection: Reflection): string {
    if (!reflection.isDocument()) return super.getIdealBaseName(reflection);
    const path = documentPath(reflection);
    return path.includes("/") ? path : `guides/${path}`;
  }
}
