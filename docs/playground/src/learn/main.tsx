import { render } from "preact";
import { Page } from "./page.tsx";

const content = document.getElementById("content") as HTMLElement;
content.replaceChildren();
render(<Page />, content);
