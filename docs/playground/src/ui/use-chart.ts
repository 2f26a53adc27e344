import { useEffect, useRef, useState } from "preact/hooks";

/** The place of a chart, in pixels of the page. */
export interface ChartSize {
  readonly width: number;
  readonly height: number;
}

/**
 * An element that shows the chart which a module makes, as large as the style sheet makes the element; the module is fetched when there is
 * something to draw.
 */
export function useChart(draw: ((size: ChartSize) => Promise<Element>) | undefined, inputs: readonly unknown[]) {
  const place = useRef<HTMLDivElement>(null);
  const [resizes, setResizes] = useState(0);
  useEffect(() => {
    const observer = new ResizeObserver(() => setResizes((times) => times + 1));
    observer.observe(place.current as HTMLDivElement);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    const { clientWidth: width = 0, clientHeight: height = 0 } = place.current ?? {};
    if (!draw || width === 0 || height === 0) {
      place.current?.replaceChildren();
      return;
    }
    let isStale = false;
    void draw({ width, height }).then((chart) => {
      if (!isStale) place.current?.replaceChildren(asPicture(chart));
    });
    return () => {
      isStale = true;
    };
  }, [...inputs, resizes]);
  return place;
}

/** A chart is one picture with one label; those of its parts say "line" and "rule". */
function asPicture(chart: Element): Element {
  chart.setAttribute("role", "img");
  for (const part of chart.querySelectorAll("[aria-label]")) part.removeAttribute("aria-label");
  return chart;
}
