import { lossCatalogue } from "@lossary/catalogue";

const families = ["distribution", "region", "boundary", "compound"] as const;

/** The portrait of every loss, family by family. */
export async function gallery(): Promise<string> {
  const sections = families.map((family) => {
    const cards = lossCatalogue
      .filter((loss) => loss.family === family)
      .map(({ name, package: from }) => {
        const page = `../functions/${from.replace("@lossary/", "_lossary_")}.${name}.html`;
        return `<a class="card" href="${page}"><code>${name}</code><img src="../pictures/losses/${name}.svg" alt="Portrait of ${name}" width="456" height="352" loading="lazy"></a>`;
      });
    return `## ${family[0]?.toUpperCase()}${family.slice(1)} losses\n\n<div class="cards">\n${cards.join("\n")}\n</div>`;
  });
  return sections.join("\n\n");
}
